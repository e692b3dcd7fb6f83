// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/diffusion/heun.h"
#include "engine/diffusion/sampler.h"
#include "golden_case.h"

namespace lacuna::golden {

/// What a run went through.
struct Walk {
    std::vector<Tensor> states{}; ///< after every step
    std::vector<double> calls{};  ///< levels at which the denoiser was called
};

/// The noise of a case, one row a step; undefined when it has none.
Tensor recorded_noise(GoldenCase&);

/// From x at levels[0] to the last level. A state that is not finite fails the case and ends the run.
Walk walk_path(GoldenCase&, Sampler&, Denoiser&, const Tensor& x, const std::vector<double>& levels,
               const Tensor& noise = {});

/// The states named by `traj` (all of them when there is no traj_index), x_final and the levels of the calls. Where
/// `undetermined` [1,...] is 1, states on the way may be anything finite.
void compare_walk(GoldenCase&, const Walk&, Allowed, const Tensor& undetermined = {});

/// S_churn, S_min, S_max, S_noise and steps of a case.
Churn churn_of(const GoldenCase&);

} // namespace lacuna::golden
