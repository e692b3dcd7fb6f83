// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <tuple>

#include "engine/models/eager_network.h"

namespace lacuna {

class InferencePlan;
class PlanWeights;

/// Evaluates single-precision pictures on the processor through an inference plan when nothing needs a gradient, and
/// everything else, also while the weights are trained, with tensor operations. Planned weights must not change.
///
/// The pictures of a batch are shared out to as many threads as use_threads says, in pairs that share the
/// reading of weights where there are enough. Each is evaluated by one thread, without barriers, so that a program
/// that takes one of the cores does not hold up the others. A picture by itself is evaluated by up to four of them
/// together. A row has the same bits in every batch and for every number of threads.
class PlannedNetwork final : public NetworkModule {
public:
    explicit PlannedNetwork(EagerNetwork eager);

    const NetworkGraph& graph() const override { return eager_.graph(); }
    Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y = {}) override;

    EagerNetwork& eager() { return eager_; }
    /// True when inference runs through a plan.
    bool planned() const { return supported_; }
    /// Makes the plans for this batch size, so that the first step does not wait for them.
    void prepare(std::int64_t rows, PictureSize);

private:
    std::shared_ptr<const InferencePlan> plan(PictureSize, int threads);
    Tensor& arena(std::size_t number, const InferencePlan&);

    EagerNetwork eager_;
    bool supported_ = false;
    std::shared_ptr<PlanWeights> weights_{};
    std::mutex mutex_{};
    std::map<std::tuple<std::int64_t, std::int64_t, int>, std::shared_ptr<const InferencePlan>> plans_{};
    std::vector<Tensor> arenas_{}; ///< one for each thread at work
};

} // namespace lacuna
