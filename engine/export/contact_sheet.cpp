// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/contact_sheet.h"

#include <algorithm>

#include "engine/core/picture_grid.h"

namespace lacuna {

namespace {

constexpr int gap = 16;
constexpr int cell_longest = 480;

} // namespace

Area surroundings(const Mask& mask)
{
    const Area hole = mask.hole_box();
    const int margin = std::max(48, std::max(hole.width, hole.height) * 2 / 3);
    const int left = std::max(0, hole.x - margin), top = std::max(0, hole.y - margin);
    return {left, top, std::min(mask.width, hole.x + hole.width + margin) - left,
            std::min(mask.height, hole.y + hole.height + margin) - top};
}

Picture contact_sheet(const Picture& picture, const Mask& mask, const CompletionSet& set)
{
    const Area area = surroundings(mask);
    const Picture around = to_rgb8(crop(picture, area));
    const Picture first = set.base.empty() ? hatched(around, crop(mask, area)) : around;
    std::vector<Picture> cells{thumbnail(first, cell_longest)};
    for (const Completion& completion : set.completions)
        if (!completion.patches.empty()) {
            const Picture filled = composite(picture, mask, completion, set.recipe.soft_edge);
            cells.push_back(thumbnail(to_rgb8(crop(filled, area)), cell_longest));
        }

    return picture_grid(cells, 3, gap);
}

} // namespace lacuna
