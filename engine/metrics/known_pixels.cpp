// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/known_pixels.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

std::size_t known_pixels_changed(const Picture& filled, const Picture& original, const Mask& hole)
{
    check(filled.width == original.width && filled.height == original.height && hole.width == original.width
              && hole.height == original.height,
          "pictures and hole have one size");
    if (filled.channels != original.channels || filled.bits != original.bits)
        return known_pixels_changed(to_rgb8(filled), to_rgb8(original), hole);
    const std::size_t bytes = original.row_bytes() / static_cast<std::size_t>(original.width);
    std::size_t changed = 0;
    for (int y = 0; y < original.height; ++y)
        for (int x = 0; x < original.width; ++x) {
            const std::size_t at = static_cast<std::size_t>(x) * bytes;
            changed += !hole.is_hole(x, y)
                       && !std::equal(filled.row(y) + at, filled.row(y) + at + bytes, original.row(y) + at);
        }
    return changed;
}

} // namespace lacuna
