// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"

namespace lacuna::scenes {

/// How much the left half of a bedroom is the mirror image of its right half, in [0, 1]: 1 for a perfect mirror image,
/// 0 for halves as unlike as those of two different rooms. Any size of at least 32 pixels a side.
///
/// The picture is averaged onto 64 x 64 cells (luma Y and the colour differences Cb, Cr of its sRGB values, in [0, 1])
/// and blurred with [1 4 6 4 1] / 16 in both directions. Cell (x, y) is compared with its mirror image:
///   e = |dY| + (|dCb| + |dCr|) / 2,
/// averaged with weight 8 where the bedside lamps and their light are, 1/4 on the side walls (only one has a window)
/// and 1 elsewhere. As the camera is not exactly in the middle, each quarter of the rows takes the upright axis within
/// 4 cells of the picture's middle for which its own mean e is least. With E the mean over the picture,
///   score = 1 - min(1, E / kUnlikeHalves).
double symmetry_score(const Picture&);

/// The mean E where the left half of one room is compared with the right half of another.
inline constexpr double kUnlikeHalves = 0.14;

} // namespace lacuna::scenes
