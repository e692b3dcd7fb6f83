// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/messages.h"

#include <algorithm>
#include <cstring>

#include "engine/core/error.h"

namespace lacuna {

const Picture& canvas(const FillRequest& request, const CompletionSet& set)
{
    return set.base.empty() ? request.picture : set.base;
}

Mask canvas_hole(const FillRequest& request, const CompletionSet& set)
{
    if (set.base.empty())
        return request.mask;
    Mask whole(set.base.width, set.base.height);
    std::fill(whole.values.begin(), whole.values.end(), std::uint8_t(255));
    return whole;
}

Picture composite(const Picture& picture, const Mask& mask, const Completion& completion)
{
    check(mask.width == picture.width && mask.height == picture.height, "the mask has the picture's size");
    const std::size_t pixel = std::size_t(picture.channels) * (picture.bits / 8);
    return make_picture(
        picture.width, picture.height, picture.channels, picture.bits, [&](std::uint8_t* out) {
            std::memcpy(out, picture.bytes->data(), picture.bytes->size());
            for (const Patch& patch : completion.patches) {
                check(patch.x >= 0 && patch.y >= 0 && patch.pixels.width <= picture.width - patch.x
                          && patch.pixels.height <= picture.height - patch.y,
                      "a patch lies inside the picture");
                check(patch.pixels.channels == picture.channels && patch.pixels.bits == picture.bits,
                      "a patch has the picture's form");
                for (int y = 0; y < patch.pixels.height; ++y)
                    for (int x = 0; x < patch.pixels.width; ++x)
                        if (patch.raw || mask.is_hole(patch.x + x, patch.y + y))
                            std::memcpy(
                                out + (std::size_t(patch.y + y) * picture.width + patch.x + x) * pixel,
                                patch.pixels.row(y) + x * pixel, pixel);
            }
        });
}

std::size_t known_pixels_changed(const Picture& original, const Picture& filled, const Mask& mask)
{
    check(original.width == filled.width && original.height == filled.height
              && original.channels == filled.channels && original.bits == filled.bits,
          "both pictures have the same form");
    check(mask.width == original.width && mask.height == original.height, "the mask has the picture's size");
    const std::size_t sample = original.bits / 8;
    std::size_t changed = 0;
    for (int y = 0; y < original.height; ++y)
        for (int x = 0; x < original.width; ++x) {
            if (mask.is_hole(x, y))
                continue;
            for (int c = 0; c < original.channels; ++c) {
                const std::size_t at = (std::size_t(x) * original.channels + c) * sample;
                changed += std::memcmp(original.row(y) + at, filled.row(y) + at, sample) != 0;
            }
        }
    return changed;
}

} // namespace lacuna
