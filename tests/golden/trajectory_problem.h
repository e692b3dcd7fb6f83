// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/diffusion/noise.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/restoration/methods.h"
#include "golden_case.h"

namespace lacuna::golden {

/// The draws that a case recorded, replayed by what they are for and in their order.
class RecordedDraws final : public NoiseSource {
public:
    explicit RecordedDraws(GoldenCase&);

    Tensor draw(const Tensor& like, Purpose, int step) override;
    void retain(const std::vector<std::int64_t>&) override {}
    /// The next draw in the shape in which it was recorded, float64.
    Tensor next(Purpose);

private:
    std::map<Purpose, std::deque<Tensor>> draws_{};
};

/// What a trajectory restores and how, without the strength of guidance.
struct TrajectoryProblem {
    std::string task; ///< one of degradation_tasks()
    RestorationOptions options;
    std::shared_ptr<const SpectralOperator> op;
    Tensor y; ///< [1,...] float64
    std::int64_t members, channels, height, width;
    std::vector<double> table;
    bool clips = false; ///< the method clamps its estimates
};

/// Reads the problem of a case of kind "trajectory" and compares its measurement, its operator and its path with
/// what the case stores of them.
TrajectoryProblem read_trajectory(GoldenCase&);

/// The network that the case names, and how far its output may be from the recorded one.
std::pair<Network, double> trajectory_network(const GoldenCase&);

} // namespace lacuna::golden
