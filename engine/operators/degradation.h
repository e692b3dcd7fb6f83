// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/operators/linear_operator.h"

namespace lacuna {

class NoiseSource;

/// A degradation as people name it.
struct Degradation {
    std::string task = "inpaint"; ///< one of degradation_tasks()
    int scale = 4;                ///< sr-*: reduction; cs: one of `scale` coefficients is measured
    Tensor keep{};                ///< inpaint: [1,1,H,W] or [H,W], 1 = known
    std::uint64_t seed = 0;       ///< cs: shuffling of the pixels
    bool reference_quirks =
        false; ///< deblur-*: the matrices of the published code, which lose their last tap (Q10)
};

/// inpaint, sr-bicubic, sr-average, color, denoise, deblur-uniform, deblur-gauss, deblur-aniso, cs.
const std::vector<std::string>& degradation_tasks();

/// The operator for pictures [.,channels,height,width]. Throws Error{Usage} on an unknown task, and on a size, scale
/// or mask that it cannot have, naming what it needs.
std::unique_ptr<SpectralOperator> make_operator(const Degradation&, std::int64_t channels,
                                                std::int64_t height, std::int64_t width);

/// y = A x + sigma_y n with n in the range of A, so that holes stay empty. x [1,C,H,W], sigma_y in [-1,1] units.
Tensor measure(const SpectralOperator&, const Tensor& x, double sigma_y, NoiseSource&);

} // namespace lacuna
