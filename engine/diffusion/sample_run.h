// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/core/host_copy.h"
#include "engine/diffusion/sampler.h"
#include "engine/diffusion/state_exchange.h"

namespace lacuna {

/// A member whose values stopped being finite.
struct Casualty {
    int member = 0; ///< as numbered in `members`
    int step = 0;
    double sigma = 0;
};

void exchange(StateExchange&, const std::string& name, std::vector<Casualty>&);

/// The step iterator: levels sigma_0 ... sigma_n, one transition per next(). A lower next level is a step of the
/// sampler, a higher one its rise, which leaves the clean estimates as they were. After every transition each member
/// is checked; one that is not finite leaves the batch, the others go on. Where looking at values would make a device
/// wait, the check comes one transition later, except at the end.
class SampleRun {
public:
    /// x [N,...] is the state at levels[0]; members name its rows. Neighbouring levels differ, the first step falls.
    SampleRun(Sampler&, Denoiser&, NoiseSource&, std::vector<double> levels, Tensor x,
              std::vector<int> members, int first_index = 0);

    bool done() const { return position_ + 1 >= static_cast<int>(levels_.size()) || members_.empty(); }
    /// One transition; the clean estimates of the members still alive.
    const Tensor& next();
    /// After a transition: what the rest of the run needs. A run that was made as this one was goes on from it.
    void exchange(StateExchange&);

    const Tensor& x() const { return x_; }
    const Tensor& x0() const { return x0_; }
    const std::vector<int>& members() const { return members_; }
    const std::vector<Casualty>& casualties() const { return casualties_; }
    int position() const { return position_; }
    double sigma() const { return levels_[static_cast<std::size_t>(position_)]; }

private:
    void drop_non_finite(const Transition&);
    void drop(const Tensor& finite, const Transition&);
    void keep_rows(const std::vector<std::int64_t>& rows);

    Sampler& sampler_;
    Denoiser& denoiser_;
    NoiseSource& noise_;
    std::vector<double> levels_;
    Tensor x_, x0_;
    std::vector<int> members_;
    std::vector<Casualty> casualties_{};
    int position_ = 0;
    int first_index_ = 0;
    HostCopy flags_{}; ///< of the transition before, on their way
    Transition flagged_transition_{};
};

} // namespace lacuna
