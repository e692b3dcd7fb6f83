// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// What a model says about x: the clean image and, where it learned one, a variance.
struct Estimate {
    Tensor x0;
    /// v of the shape of x0; (v + 1) / 2 interpolates the log variance of the posterior between its smallest and its
    /// largest value (samplers.md 1.4). Undefined: the model has none.
    Tensor variance{};
};

/// The one contract of all models, in sigma coordinates: x = x0 + sigma * eps, eps ~ N(0, I).
/// eps and the score are derived views: eps = (x - x0) / sigma.
class Denoiser {
public:
    virtual ~Denoiser() = default;

    /// Clean estimate E[x0 | x] for x [N,...] at one sigma > 0 for the whole batch; same shape, dtype and device.
    /// Row i depends on row i of x only (a model may keep search state between calls, one state per row).
    virtual Tensor x0(const Tensor& x, double sigma) = 0;
    /// x0 with the learned variance, if there is one. Differentiable in x where the model is.
    virtual Estimate estimate(const Tensor& x, double sigma) { return {x0(x, sigma), {}}; }

    /// The batch lost members: later calls have only these rows of the former batch, in this order.
    virtual void retain(const std::vector<std::int64_t>& /*rows*/) {}

    virtual double sigma_min() const { return 0; }
    virtual double sigma_max() const { return std::numeric_limits<double>::infinity(); }
    /// The level a discrete model really evaluates for sigma; identity for continuous ones.
    virtual double round_sigma(double sigma) const { return sigma; }
};

} // namespace lacuna
