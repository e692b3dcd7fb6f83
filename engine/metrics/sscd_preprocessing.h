// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"

/// What surrounds an SSCD network: its input and its pooling. samplers.md section 6.
namespace lacuna::metrics {

enum class SscdResize {
    Square320,    ///< 320 x 320, whatever the aspect
    ShortSide288, ///< the shorter side 288, the other in proportion, rounded down
};

/// Bilinear with antialiasing on bytes [C,H,W], in the arithmetic of the Python Imaging Library: the triangle is
/// widened when shrinking, rows first, rounded to bytes between the two passes.
Tensor resize_bytes(const Tensor& picture, std::int64_t height, std::int64_t width);

/// bytes [3,H,W] to the network's input [3,h,w] float32: resized, v/255, minus (.485, .456, .406), divided by
/// (.229, .224, .225).
Tensor sscd_input(const Tensor& picture, SscdResize);

/// Generalised mean over the last two dimensions: mean(max(v, floor)^p)^(1/p); [N,C,H,W] to [N,C].
Tensor gem_pool(const Tensor& activations, double p = 3, double floor = 1e-6);
/// Rows divided by their length.
Tensor unit_length(const Tensor& rows);

} // namespace lacuna::metrics
