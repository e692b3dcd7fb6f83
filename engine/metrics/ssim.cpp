// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/ssim.h"

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr std::int64_t side = 11;

/// [1,1,side], sums to 1.
Tensor window()
{
    const Tensor x = at::arange(side, at::kDouble) - (side - 1) / 2;
    const Tensor weights = (-x.square() / (2 * 1.5 * 1.5)).exp();
    return weights / weights.sum();
}

/// Weighted means around every position where the window fits; channels [C,H,W] one by one.
Tensor smoothed(const Tensor& image, const Tensor& weights)
{
    const Tensor planes = image.unsqueeze(1);
    return at::conv2d(at::conv2d(planes, weights.reshape({1, 1, side, 1})), weights.reshape({1, 1, 1, side}));
}

} // namespace

std::vector<double> ssim(const Tensor& images, const Tensor& truth)
{
    check(images.dim() == 4 && truth.dim() == 4 && images.sizes().slice(1) == truth.sizes().slice(1)
              && (truth.size(0) == 1 || truth.size(0) == images.size(0)),
          "images of one size are compared");
    if (images.size(2) < side || images.size(3) < side)
        throw Error(ErrorKind::Input, "SSIM", "the picture is smaller than its window",
                    "Use pictures of at least 11 x 11 pixels.");
    constexpr double c1 = 0.01 * 0.01, c2 = 0.03 * 0.03;
    const Tensor weights = window();
    const auto unit = [](const Tensor& image) { return ((image.to(at::kDouble) + 1) / 2).clamp(0, 1); };
    std::vector<double> values;
    for (std::int64_t n = 0; n < images.size(0); ++n) {
        const Tensor a = unit(images[n]), b = unit(truth[truth.size(0) == 1 ? 0 : n]);
        const Tensor mean_a = smoothed(a, weights), mean_b = smoothed(b, weights);
        const Tensor variance_a = smoothed(a.square(), weights) - mean_a.square();
        const Tensor variance_b = smoothed(b.square(), weights) - mean_b.square();
        const Tensor covariance = smoothed(a * b, weights) - mean_a * mean_b;
        const Tensor map = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
                           / ((mean_a.square() + mean_b.square() + c1) * (variance_a + variance_b + c2));
        values.push_back(map.mean(-1).mean().item<double>());
    }
    return values;
}

} // namespace lacuna
