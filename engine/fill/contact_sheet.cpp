// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/contact_sheet.h"

#include <algorithm>

#include "engine/core/picture_grid.h"

namespace lacuna {

namespace {

constexpr int gap = 16;
constexpr int cell_longest = 480;

} // namespace

Area surroundings(const Mask& mask)
{
    int left = mask.width, top = mask.height, right = 0, bottom = 0;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (mask.is_hole(x, y)) {
                left = std::min(left, x);
                right = std::max(right, x + 1);
                top = std::min(top, y);
                bottom = std::max(bottom, y + 1);
            }
    const int margin = std::max(48, std::max(right - left, bottom - top) * 2 / 3);
    left = std::max(0, left - margin);
    top = std::max(0, top - margin);
    return {left, top, std::min(mask.width, right + margin) - left,
            std::min(mask.height, bottom + margin) - top};
}

Picture contact_sheet(const Picture& picture, const Mask& mask, const CompletionSet& set)
{
    const Area area = surroundings(mask);
    const Picture around = to_rgb8(crop(picture, area.x, area.y, area.width, area.height));
    const Picture first = set.base.empty() ? hatched(around, crop(mask, area)) : around;
    std::vector<Picture> cells{thumbnail(first, cell_longest)};
    for (const Completion& completion : set.completions)
        if (!completion.patches.empty()) {
            const Picture filled = composite(picture, mask, completion);
            cells.push_back(
                thumbnail(to_rgb8(crop(filled, area.x, area.y, area.width, area.height)), cell_longest));
        }

    return picture_grid(cells, 3, gap);
}

} // namespace lacuna
