// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"

namespace lacuna {

/// Where an ancestral step goes: N(mean, deviation^2).
struct Posterior {
    Tensor mean;      ///< [N,...]
    Tensor deviation; ///< [N,...] or a single number; 0 at the clean level
};

/// q(x at `to` | x at `from`, x0) in sigma coordinates, 0 <= to < from. samplers.md 1.4.
/// variance: v of a learned range (Estimate::variance); undefined: the smallest variance, that of the posterior.
Posterior ancestral_posterior(const Tensor& x, const Tensor& x0, const Tensor& variance, double from,
                              double to);

/// L2 norm of every row [N,...] -> [N], summed row by row. Differentiable; the gradient at 0 is 0.
Tensor row_norms(const Tensor& x);

} // namespace lacuna
