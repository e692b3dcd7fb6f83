// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/picture.h"
#include "engine/diffusion/denoiser.h"

/// What the experiments with moving digits share: frames as states, and how they are sampled. samplers.md 7.
namespace lacuna {

/// [1,1,H,W] in [-1,1].
Tensor state_of_frame(const Picture& grey);

/// The frame [1,1,H,W] with its digit moved by whole pixels, black where nothing was.
Tensor moved_frame(const Tensor& frame, int right, int down);

struct DigitSampling {
    int steps = 22;
    double churn = 0;    ///< S_churn
    double strength = 0; ///< k_PG of particle guidance; 0: none
    std::uint64_t seed = 0;
};

/// Members [N,1,32,32] of one set, sampled together. Particles are compared on clean estimates in [0, 1] with the
/// Euclidean kernel.
Tensor sample_digits(Denoiser&, const DigitSampling&, const std::vector<int>& members);

} // namespace lacuna
