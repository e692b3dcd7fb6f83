// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/document/document.h"

namespace lacuna::ui {

/// A picture whose samples tell where they are.
inline Picture gradient(int width, int height)
{
    return make_picture(width, height, 3, 8, [=](std::uint8_t* to) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                *to++ = std::uint8_t(x);
                *to++ = std::uint8_t(y);
                *to++ = std::uint8_t(x + y);
            }
    });
}

inline LoadedPicture loadedGradient(int width, int height)
{
    return preparePicture(gradient(width, height), QStringLiteral("gradient"));
}

/// With a square hole in the middle.
inline LoadedPicture loadedWithHole(int side)
{
    Mask mask(side, side);
    for (int y = side / 4; y < 3 * side / 4; ++y)
        for (int x = side / 4; x < 3 * side / 4; ++x)
            mask.values[std::size_t(y) * side + x] = 255;
    return preparePicture(gradient(side, side), QStringLiteral("with hole"), mask);
}

} // namespace lacuna::ui
