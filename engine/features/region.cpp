// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/region.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

FeatureRegion region_of(const Mask& hole)
{
    return region_of(hole, {0, 0, hole.width, hole.height});
}

FeatureRegion region_of(const Mask& hole, const Area& within)
{
    const int left = std::max(within.x, 0), top = std::max(within.y, 0);
    const int right = std::min(within.x + within.width, hole.width);
    const int bottom = std::min(within.y + within.height, hole.height);
    int x0 = right, y0 = bottom, x1 = left, y1 = top; // around the hole pixels
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            if (hole.is_hole(x, y)) {
                x0 = std::min(x0, x);
                x1 = std::max(x1, x + 1);
                y0 = std::min(y0, y);
                y1 = std::max(y1, y + 1);
            }
    if (x0 >= x1)
        throw Error(ErrorKind::Usage, "The region", "no pixel of the hole lies in it",
                    "Choose a rectangle that overlaps the hole.");
    FeatureRegion region{.area = {x0, y0, x1 - x0, y1 - y0}, .hole = at::zeros({1, 1, y1 - y0, x1 - x0})};
    float* value = region.hole.data_ptr<float>();
    for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x)
            *value++ = hole.is_hole(x, y) ? 1.f : 0.f;
    return region;
}

Tensor part_of(const Tensor& images, const FeatureRegion& region)
{
    const Area& a = region.area;
    return images.narrow(2, a.y, a.height).narrow(3, a.x, a.width);
}

} // namespace lacuna
