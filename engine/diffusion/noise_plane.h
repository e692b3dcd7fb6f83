// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// The plane through three initial noises, samplers.md section 6:
///   eps(alpha, beta) = eps1 + alpha (eps2 - eps1) + beta (eps3 - eps1).
struct NoisePlane {
    Tensor eps; ///< [3,...] unit normal
    /// Give every point the norm that is interpolated between the corners, as the corners lie on a sphere and the
    /// plane cuts through it.
    bool rescale = false;

    Tensor at(double alpha, double beta) const;
    /// Points of a grid, [A B,...]; alpha counts slowest.
    Tensor grid(const std::vector<double>& alphas, const std::vector<double>& betas) const;
};

} // namespace lacuna
