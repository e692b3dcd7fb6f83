// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/contact_sheet.h"

#include <algorithm>
#include <cstring>

namespace lacuna {

namespace {

constexpr int gap = 16;
constexpr int cell_longest = 480;
constexpr std::uint8_t paper[3] = {246, 245, 242};

/// The hole and about as much again around it; the whole picture where that is small.
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

/// The masked input as people see it: the hole is veiled and hatched.
Picture hatched(const Picture& rgb8, const Mask& mask, const Area& area)
{
    return make_picture(rgb8.width, rgb8.height, 3, 8, [&](std::uint8_t* out) {
        std::memcpy(out, rgb8.bytes->data(), rgb8.bytes->size());
        for (int y = 0; y < rgb8.height; ++y)
            for (int x = 0; x < rgb8.width; ++x) {
                if (!mask.is_hole(area.x + x, area.y + y))
                    continue;
                std::uint8_t* pixel = out + 3 * (std::size_t(y) * rgb8.width + x);
                const bool line = (x + y) % 12 < 3;
                const std::uint8_t veil[3] = {std::uint8_t(line ? 214 : 236), std::uint8_t(line ? 72 : 232),
                                              std::uint8_t(line ? 64 : 226)};
                std::copy(veil, veil + 3, pixel);
            }
    });
}

} // namespace

Picture contact_sheet(const Picture& picture, const Mask& mask, const CompletionSet& set)
{
    const Area area = surroundings(mask);
    const Picture around = to_rgb8(crop(picture, area.x, area.y, area.width, area.height));
    const Picture first = set.base.empty() ? hatched(around, mask, area) : around;
    std::vector<Picture> cells{thumbnail(first, cell_longest)};
    for (const Completion& completion : set.completions)
        if (!completion.patches.empty()) {
            const Picture filled = composite(picture, mask, completion);
            cells.push_back(
                thumbnail(to_rgb8(crop(filled, area.x, area.y, area.width, area.height)), cell_longest));
        }

    const int columns = std::min<int>(3, static_cast<int>(cells.size()));
    const int rows = (static_cast<int>(cells.size()) + columns - 1) / columns;
    const int width = gap + columns * (cells[0].width + gap), height = gap + rows * (cells[0].height + gap);
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        for (std::size_t i = 0; i < std::size_t(width) * height; ++i)
            std::copy(paper, paper + 3, out + 3 * i);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const int left = gap + int(i) % columns * (cells[0].width + gap);
            const int top = gap + int(i) / columns * (cells[0].height + gap);
            for (int y = 0; y < cells[i].height; ++y)
                std::memcpy(out + 3 * (std::size_t(top + y) * width + left), cells[i].row(y),
                            cells[i].row_bytes());
        }
    });
}

} // namespace lacuna
