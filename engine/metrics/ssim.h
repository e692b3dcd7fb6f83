// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Structural similarity in [-1,1], one number for each image of a batch; 1 where both are equal. Images in [-1,1],
/// brought to [0,1] and clamped: Gaussian window of 11 x 11 with deviation 1.5, positions where it fits, K1 = 0.01,
/// K2 = 0.03, mean over positions and channels. A truth of one row is compared with every image. Wang et al. 2004.
/// Throws Error{Input} for sides below 11 pixels.
std::vector<double> ssim(const Tensor& images, const Tensor& truth);

} // namespace lacuna
