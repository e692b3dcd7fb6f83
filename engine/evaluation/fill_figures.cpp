// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/fill_figures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.h"
#include "engine/fill/preview.h"
#include "engine/metrics/niqe.h"
#include "engine/selection/selection.h"
#include "engine/session/figures.h"

namespace lacuna {

namespace {

constexpr int least_block = 24; ///< pixels a side around a hole

/// The box of the hole, at least a block, with even sides, inside the picture.
Area block_of(const Mask& mask)
{
    Area box = mask.hole_box();
    check(box.width > 0, "there is a hole");
    const auto widen = [](int& first, int& size, int limit) {
        const int wide = std::min(limit / 2 * 2, (std::max(size, least_block) + 1) / 2 * 2);
        first = std::clamp((2 * first + size - wide) / 2, 0, limit - wide);
        size = wide;
    };
    widen(box.x, box.width, mask.width);
    widen(box.y, box.height, mask.height);
    return box;
}

/// Rounded brightness in [0, 255], [H,W] float64.
Tensor brightness(const Tensor& image)
{
    const Tensor rgb = (image.to(at::kCPU, at::kDouble) + 1) * 127.5;
    return (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]).round();
}

/// 7 x 7, sigma = 7/6, as NIQE's.
Tensor gaussian_window()
{
    const Tensor x = at::arange(-3, 4, at::kDouble), one = (-x.square() / (2 * 49.0 / 36.0)).exp();
    const Tensor window = one.unsqueeze(1) * one.unsqueeze(0);
    return window / window.sum();
}

double mean_of(const Tensor& values)
{
    return values.mean().item<double>();
}

/// Size and shape of the values, and mean and size of the products of neighbours in four directions.
void describe(const Tensor& normalised, std::vector<double>& features)
{
    constexpr double least = 1e-4; // flat blocks
    const auto size = [](const Tensor& values) { return std::log(least + mean_of(values.square())); };
    features.push_back(size(normalised));
    features.push_back(std::log(least + mean_of(normalised.abs())) - size(normalised) / 2);
    const std::int64_t h = normalised.size(0), w = normalised.size(1);
    constexpr std::array<std::array<std::int64_t, 2>, 4> shifts{{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};
    for (const auto& [down, across] : shifts) {
        const std::int64_t from = std::max<std::int64_t>(0, -across), width = w - std::abs(across);
        const Tensor product = normalised.narrow(0, 0, h - down).narrow(1, from, width)
                               * normalised.narrow(0, down, h - down).narrow(1, from + across, width);
        features.push_back(mean_of(product));
        features.push_back(size(product));
    }
}

} // namespace

double seam_of(const KnownScene& scene, const Tensor& image)
{
    Completion completion;
    completion.patches.push_back({.pixels = picture_like(scene.picture, image)});
    return measure_seam(scene.picture, scene.mask, completion);
}

std::optional<double> mirror_correlation(const Tensor& image, const Mask& mask)
{
    const Tensor hole = hole_of(mask)[0][0] > 0, compared = hole & hole.flip(1).logical_not();
    const auto count = compared.sum().item<std::int64_t>();
    if (count == 0 || 2 * count < hole.sum().item<std::int64_t>())
        return {};
    const Tensor picture = image.to(at::kCPU, at::kDouble), mirrored = picture.flip(2);
    std::array<double, 3> sums{}; // of products: both, one, the other
    for (int c = 0; c < 3; ++c) {
        const Tensor a = picture[c].masked_select(compared), b = mirrored[c].masked_select(compared);
        const Tensor x = a - a.mean(), y = b - b.mean();
        sums[0] += (x * y).sum().item<double>();
        sums[1] += x.square().sum().item<double>();
        sums[2] += y.square().sum().item<double>();
    }
    if (sums[1] <= 0 || sums[2] <= 0)
        return {};
    return sums[0] / std::sqrt(sums[1] * sums[2]);
}

Tensor naturalness_features(const Tensor& image, const Mask& mask)
{
    static const Tensor window = gaussian_window();
    const Area area = block_of(mask);
    const Tensor block =
        brightness(image).narrow(0, area.y, area.height).narrow(1, area.x, area.width).contiguous();
    std::vector<double> features;
    describe(niqe_normalised(block, window), features);
    describe(niqe_normalised(niqe_halved(block), window), features);
    return at::tensor(features, at::kDouble);
}

Naturalness::Naturalness(const std::vector<Tensor>& images, const std::vector<Mask>& masks)
{
    check(images.size() == masks.size() && images.size() >= 2, "a hole for each picture");
    std::vector<Tensor> rows;
    for (std::size_t i = 0; i < images.size(); ++i)
        rows.push_back(naturalness_features(images[i], masks[i]));
    real_ = fit_gaussian(at::stack(rows));
}

double Naturalness::score(const Tensor& image, const Mask& mask) const
{
    const Tensor row = naturalness_features(image, mask).unsqueeze(0);
    return std::sqrt(mahalanobis(real_, row, 0.01).item<double>() / double(row.size(1)));
}

double mean_pair_distance(const Tensor& features)
{
    const std::int64_t n = features.size(0);
    if (n < 2)
        return 0;
    return pairwise_distances(features).sum().item<double>() / double(n * (n - 1));
}

} // namespace lacuna
