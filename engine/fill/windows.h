// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// The windows of a mask: rectangles that are filled on their own, holes that lie together with their
/// surroundings; holes far apart get their own. A window reaches beyond its holes by their larger side,
/// at least `least_margin` pixels, so that its size follows the hole and not the picture. No window touches the
/// holes of another.
std::vector<Area> find_windows(const Mask&, int least_margin = 64);

/// What a network sees of a picture.
struct NetworkWindow {
    Area area{};   ///< in the picture
    int width = 0; ///< that the area is brought to, in pixels of the network
    int height = 0;
};

/// The windows of a mask for a network that was trained on squares of `native` pixels and takes sizes that are
/// multiples of `multiple`: squares of the native size around the holes, larger ones where a hole fills more than
/// two thirds of a square, and what there is of the picture where it is smaller. A larger area is reduced to the
/// native size, never enlarged. No window touches the holes of another.
std::vector<NetworkWindow> find_network_windows(const Mask&, int native, int multiple);

} // namespace lacuna
