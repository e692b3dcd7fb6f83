// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/colour_gradient.h"

#include "engine/core/error.h"

namespace lacuna {

ColourGradient::ColourGradient(Tensor region, int cells) : region_(region.to(at::kDouble)), cells_(cells)
{
    check(region_.dim() == 4 && cells > 0, "the region is one picture of one channel");
}

Tensor ColourGradient::features(const Tensor& images) const
{
    const Tensor x = images.to(at::kDouble) * region_;
    const auto mean = [&](const Tensor& values) { return at::adaptive_avg_pool2d(values, {cells_, cells_}); };
    const Tensor share = mean(region_).clamp_min(1e-12); // [1,1,cells,cells]
    const Tensor average = mean(x) / share;
    const Tensor spread = (mean(x.square()) / share - average.square()).clamp_min(0).sqrt();

    // Differences between neighbours of which both lie in the hole.
    const auto gradient = [&](int axis) {
        const std::int64_t n = x.size(axis);
        const Tensor both = region_.narrow(axis, 1, n - 1) * region_.narrow(axis, 0, n - 1);
        const Tensor step =
            ((x.narrow(axis, 1, n - 1) - x.narrow(axis, 0, n - 1)).abs() * both).mean(1, true);
        return mean(step) / mean(both).clamp_min(1e-12);
    };
    return at::cat({average, spread, gradient(2), gradient(3)}, 1).flatten(1);
}

} // namespace lacuna
