// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>

#include "engine/core/picture.h"
#include "engine/session/messages.h"

/// Small pictures that tests make for themselves.
namespace lacuna::test {

/// Slanted coloured stripes with a grain: texture that a patch model can continue.
inline Picture stripes(int width, int height)
{
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const int band = (x + 2 * y) / 9 % 3;
                const int grain = (x * 7919 + y * 104729) % 23;
                *out++ = static_cast<std::uint8_t>(60 + 70 * (band == 0) + grain);
                *out++ = static_cast<std::uint8_t>(80 + 60 * (band == 1) + grain);
                *out++ = static_cast<std::uint8_t>(70 + 90 * (band == 2) + grain);
            }
    });
}

/// Ramps in any form; alpha varies too.
inline Picture ramps(int width, int height, int channels, int bits)
{
    return make_picture(width, height, channels, bits, [&](std::uint8_t* out) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < channels; ++c) {
                    const auto value = static_cast<std::uint16_t>(
                        (x * 911 + y * 577 + c * 8191 + (x / 5 % 2) * 9000) % 65536);
                    if (bits == 16)
                        std::memcpy(out, &value, 2);
                    else
                        *out = static_cast<std::uint8_t>(value >> 8);
                    out += bits / 8;
                }
    });
}

/// A picture of exactly these samples.
template <typename Samples = std::vector<int>>
Picture picture_of(int width, int height, int channels, int bits, const Samples& samples)
{
    return make_picture(width, height, channels, bits, [&](std::uint8_t* out) {
        for (const int sample : samples) {
            const auto wide = static_cast<std::uint16_t>(sample);
            if (bits == 16)
                std::memcpy(out, &wide, 2);
            else
                *out = static_cast<std::uint8_t>(sample);
            out += bits / 8;
        }
    });
}

inline Mask square_mask(int width, int height, int x, int y, int side)
{
    Mask mask(width, height);
    for (int v = y; v < y + side && v < height; ++v)
        for (int u = x; u < x + side && u < width; ++u)
            mask.values[std::size_t(v) * width + u] = 255;
    return mask;
}

} // namespace lacuna::test
