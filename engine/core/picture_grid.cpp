// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/picture_grid.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/core/error.h"

namespace lacuna {

namespace {

using Colour = std::array<std::uint8_t, 3>;

constexpr Colour paper{246, 245, 242};
constexpr Colour veil{236, 232, 226};
constexpr Colour line{214, 72, 64};

} // namespace

Picture picture_grid(const std::vector<Picture>& rgb8, int columns, int gap)
{
    check(!rgb8.empty() && columns > 0, "a grid has pictures and columns");
    const int width = rgb8[0].width, height = rgb8[0].height;
    const int count = static_cast<int>(rgb8.size());
    columns = std::min(columns, count);
    const int rows = (count + columns - 1) / columns;
    return make_picture(
        gap + columns * (width + gap), gap + rows * (height + gap), 3, 8, [&](std::uint8_t* out) {
            const std::size_t pixels =
                std::size_t(gap + columns * (width + gap)) * std::size_t(gap + rows * (height + gap));
            for (std::size_t i = 0; i < pixels; ++i)
                std::copy(paper.begin(), paper.end(), out + 3 * i);
            const std::size_t row_bytes = 3 * std::size_t(gap + columns * (width + gap));
            for (int i = 0; i < count; ++i) {
                check(rgb8[std::size_t(i)].width == width && rgb8[std::size_t(i)].height == height
                          && rgb8[std::size_t(i)].channels == 3 && rgb8[std::size_t(i)].bits == 8,
                      "the pictures of a grid have one size");
                const int left = gap + i % columns * (width + gap), top = gap + i / columns * (height + gap);
                for (int y = 0; y < height; ++y)
                    std::memcpy(out + row_bytes * std::size_t(top + y) + 3 * std::size_t(left),
                                rgb8[std::size_t(i)].row(y), 3 * std::size_t(width));
            }
        });
}

Picture hatched(const Picture& rgb8, const Mask& mask)
{
    check(rgb8.width == mask.width && rgb8.height == mask.height, "the mask has the size of the picture");
    const int period = std::clamp(std::min(rgb8.width, rgb8.height) / 16, 4, 12);
    return make_picture(rgb8.width, rgb8.height, 3, 8, [&](std::uint8_t* out) {
        std::memcpy(out, rgb8.bytes->data(), rgb8.bytes->size());
        for (int y = 0; y < rgb8.height; ++y)
            for (int x = 0; x < rgb8.width; ++x)
                if (mask.is_hole(x, y)) {
                    const Colour& colour = (x + y) % period < (period + 3) / 4 ? line : veil;
                    std::copy(colour.begin(), colour.end(), out + 3 * (std::size_t(y) * rgb8.width + x));
                }
    });
}

} // namespace lacuna
