// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/known_pixels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace lacuna {

std::size_t changed_known_pixels(const Picture& filled, const Picture& original, const Mask& hole)
{
    check(filled.width == original.width && filled.height == original.height && hole.width == original.width
              && hole.height == original.height,
          "pictures and hole have one size");
    if (filled.channels != original.channels || filled.bits != original.bits)
        return changed_known_pixels(to_rgb8(filled), to_rgb8(original), hole);
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

double known_psnr(const Picture& filled, const Picture& original, const Mask& hole)
{
    const Picture a = to_rgb8(filled), b = to_rgb8(original);
    check(a.width == b.width && a.height == b.height && hole.width == b.width && hole.height == b.height,
          "pictures and hole have one size");
    double squares = 0;
    std::size_t samples = 0;
    for (std::size_t i = 0; i < a.bytes->size(); ++i) {
        if (hole.values[i / 3] != 0)
            continue;
        const double difference = (double((*a.bytes)[i]) - (*b.bytes)[i]) / 255;
        squares += difference * difference;
        ++samples;
    }
    return squares > 0 ? 10 * std::log10(double(samples) / squares) : std::numeric_limits<double>::infinity();
}

} // namespace lacuna
