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
    const bool overlap = left < right && top < bottom;
    const Area box = overlap ? crop(hole, Area{left, top, right - left, bottom - top}).hole_box() : Area{};
    if (box.width == 0)
        throw Error(ErrorKind::Usage, "The region", "no pixel of the hole lies in it",
                    "Choose a rectangle that overlaps the hole.");
    const int x0 = left + box.x, y0 = top + box.y;
    FeatureRegion region{.area = {x0, y0, box.width, box.height},
                         .hole = at::zeros({1, 1, box.height, box.width})};
    float* value = region.hole.data_ptr<float>();
    for (int y = y0; y < y0 + box.height; ++y)
        for (int x = x0; x < x0 + box.width; ++x)
            *value++ = hole.is_hole(x, y) ? 1.f : 0.f;
    return region;
}

Tensor part_of(const Tensor& images, const FeatureRegion& region)
{
    const Area& a = region.area;
    return images.narrow(2, a.y, a.height).narrow(3, a.x, a.width);
}

} // namespace lacuna
