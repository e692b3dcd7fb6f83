// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Peak signal-to-noise ratios in dB, one for each image of a batch; infinite where both are equal. Images and
/// measurements are in [-1,1]; a batch of one is compared with every row of the other. restoration.md 6.3.

/// A linear map of a batch: a degradation A, or its pseudo-inverse.
using LinearMap = std::function<Tensor(const Tensor&)>;

/// 10 log10(1 / mse) of images mapped to [0,1] and clamped.
std::vector<double> psnr(const Tensor& images, const Tensor& truth);
/// The same after rounding both to 8 bits, as they are saved.
std::vector<double> psnr_8bit(const Tensor& images, const Tensor& truth);
/// How well images agree with their measurement y, between the pseudo-inverse images A+ A x and A+ y at full size:
/// the number that the public code logs.
std::vector<double> low_resolution_psnr(const Tensor& images, const Tensor& y, const LinearMap& A,
                                        const LinearMap& A_pinv);
/// The same in the space of the measurement, between A x and y, with peak 2 and without clamping.
std::vector<double> measurement_psnr(const Tensor& images, const Tensor& y, const LinearMap& A);

} // namespace lacuna
