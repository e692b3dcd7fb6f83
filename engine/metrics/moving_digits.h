// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

/// The measures of the Moving-MNIST experiments. samplers.md 7.2. Images are [N,1,H,W] or [N,H,W] in [0, 1];
/// positions are (x, y) in pixels, y downwards.
namespace lacuna::metrics {

/// Centre of mass of every image, [N,2] float64; (0, 0) where it is empty.
Tensor centroids(const Tensor& images);

/// For every displacement v [N,2] the direction [K,2] of largest cosine with it; the first on ties.
std::vector<std::int64_t> nearest_directions(const Tensor& displacements, const Tensor& directions);

/// Number of different labels.
std::int64_t mode_count(const std::vector<std::int64_t>& labels);
/// Share of one label.
double label_share(const std::vector<std::int64_t>& labels, std::int64_t label);

enum class ShiftRounding {
    Exact,
    /// As OpenCV's affine warp: 1/32 of a pixel.
    ThirtySeconds,
};

/// image [H,W] moved by (x, y), bilinear, 0 outside; float64.
Tensor shifted(const Tensor& image, std::array<double, 2> by, ShiftRounding = ShiftRounding::Exact);

/// |generated - shifted(condition, v)|_2 for every generated image, v from the centroid of the condition to that of
/// the image; small is good. condition: one image, [1,...] or one a row.
std::vector<double> quality(const Tensor& generated, const Tensor& condition, ShiftRounding);

/// Otsu's threshold of bytes: the first t that maximises w1 w2 (mu1 - mu2)^2 of the values <= t and > t.
int otsu_threshold(const Tensor& bytes);
/// Every image [N,...] as bytes trunc(255 v) that are not above its own threshold cleared; thresholds in `chosen`.
Tensor without_background(const Tensor& images, std::vector<std::int64_t>& chosen);

} // namespace lacuna::metrics
