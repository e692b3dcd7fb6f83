// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/core/picture.h"

/// Distances in masks: growing, shrinking, and the soft edge of completions. Exact Euclidean distances between the
/// centres of pixels, in two passes (Felzenszwalb and Huttenlocher 2012), linear in the number of pixels.
namespace lacuna {

enum class Nearest { Hole, Known };
inline constexpr int largest_reach = 4096; ///< pixels

/// One row of the area: for each of its pixels the squared distance to the nearest hole (or known) pixel of the mask,
/// in or outside the area; 0 if it is one itself, more than reach^2 if none is within reach. Outside the picture
/// there is nothing.
using DistanceRow = std::function<void(int y, std::span<const std::int32_t> squared)>;

/// Hands over every row of the area, from the top. reach in [1, largest_reach].
void for_distance_rows(const Mask&, const Area&, Nearest, int reach, const DistanceRow&);

/// The mask with every pixel within `by` pixels of the hole; with a negative number only those of the hole that are
/// farther than that from every known pixel. The border of the picture does not count as known. |by| <= largest_reach.
Mask grown(const Mask&, int by);

/// How much of the completion each pixel of the area shows, in 1/255: 0 at known pixels, rising inside the hole over
/// `softness` pixels from its border, 255 behind them. softness 0: 255 in the whole hole.
std::vector<std::uint8_t> soft_weights(const Mask&, const Area&, int softness);

} // namespace lacuna
