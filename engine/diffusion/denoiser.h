// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// The one contract of all models, in sigma coordinates: x = x0 + sigma * eps, eps ~ N(0, I).
/// eps and the score are derived views: eps = (x - x0) / sigma.
class Denoiser {
public:
    virtual ~Denoiser() = default;

    /// Clean estimate E[x0 | x] for x [N,...] at one sigma > 0 for the whole batch; same shape, dtype and device.
    /// Row i depends on row i of x only (a model may keep search state between calls, one state per row).
    virtual Tensor x0(const Tensor& x, double sigma) = 0;

    /// The batch lost members: later calls have only these rows of the former batch, in this order.
    virtual void retain(const std::vector<std::int64_t>& /*rows*/) {}

    virtual double sigma_min() const { return 0; }
    virtual double sigma_max() const { return std::numeric_limits<double>::infinity(); }
    /// The level a discrete model really evaluates for sigma; identity for continuous ones.
    virtual double round_sigma(double sigma) const { return sigma; }
};

} // namespace lacuna
