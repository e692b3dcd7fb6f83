// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/messages.h"

#include <algorithm>
#include <cstring>

#include "engine/core/error.h"
#include "engine/core/mask_distance.h"

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

namespace {

void check_patch(const Picture& picture, const Patch& patch)
{
    check(patch.x >= 0 && patch.y >= 0 && patch.pixels.width <= picture.width - patch.x
              && patch.pixels.height <= picture.height - patch.y,
          "a patch lies inside the picture");
    check(patch.pixels.channels == picture.channels && patch.pixels.bits == picture.bits,
          "a patch has the picture's form");
}

/// Moves `count` samples of `to` by weight / 255 towards those of `from`.
template <typename Sample> void blend(std::uint8_t* to, const std::uint8_t* from, int count, int weight)
{
    for (int i = 0; i < count; ++i) {
        Sample old = 0, fresh = 0;
        std::memcpy(&old, to + i * sizeof(Sample), sizeof(Sample));
        std::memcpy(&fresh, from + i * sizeof(Sample), sizeof(Sample));
        const auto mixed = static_cast<Sample>(
            (std::uint32_t(old) * (255 - weight) + std::uint32_t(fresh) * weight + 127) / 255);
        std::memcpy(to + i * sizeof(Sample), &mixed, sizeof(Sample));
    }
}

} // namespace

Picture composite(const Picture& picture, const Mask& mask, const Completion& completion, int soft_edge)
{
    check(mask.width == picture.width && mask.height == picture.height, "the mask has the picture's size");
    const std::size_t pixel = std::size_t(picture.channels) * (picture.bits / 8);
    const auto fill = [&](std::uint8_t* out) {
        std::memcpy(out, picture.bytes->data(), picture.bytes->size());
        for (const Patch& patch : completion.patches) {
            check_patch(picture, patch);
            const int width = patch.pixels.width, height = patch.pixels.height;
            const bool soft = soft_edge > 0 && !patch.raw;
            const std::vector<std::uint8_t> weights =
                soft ? soft_weights(mask, {patch.x, patch.y, width, height}, soft_edge)
                     : std::vector<std::uint8_t>();
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x) {
                    if (!patch.raw && !mask.is_hole(patch.x + x, patch.y + y))
                        continue;
                    std::uint8_t* to = out + (std::size_t(patch.y + y) * picture.width + patch.x + x) * pixel;
                    const std::uint8_t* from = patch.pixels.row(y) + x * pixel;
                    const int weight = soft ? weights[std::size_t(y) * width + x] : 255;
                    if (weight == 255)
                        std::memcpy(to, from, pixel);
                    else if (picture.bits == 8)
                        blend<std::uint8_t>(to, from, picture.channels, weight);
                    else
                        blend<std::uint16_t>(to, from, picture.channels, weight);
                }
        }
    };
    return make_picture(picture.width, picture.height, picture.channels, picture.bits, fill);
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
