// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/session/messages.h"

namespace lacuna {

/// The windows of a mask: rectangles that are filled on their own, holes that lie together with their
/// surroundings; holes far apart get their own. A window reaches beyond its holes by their larger side,
/// at least `least_margin` pixels, so that its size follows the hole and not the picture. No window touches the
/// holes of another.
std::vector<Area> find_windows(const Mask&, int least_margin = 64);

/// How much of a picture a network is shown.
enum class View {
    Hole, ///< a square of its own size around the holes: models of texture and detail
    Whole ///< the largest square of the picture, brought to its size: models of whole scenes, such as faces
};

/// That of a recipe, see Recipe::window.
View view_of(const std::string& window, int native);

/// The windows of a mask for a network that was trained on squares of `native` pixels and takes sizes that are
/// multiples of `multiple`. No window touches the holes of another. A larger area is reduced to the native size.
/// View::Hole: squares of the native size around the holes, larger ones where a hole fills more than two thirds of a
/// square, and what there is of the picture where it is smaller, not enlarged.
/// View::Whole: squares as large as the picture allows, in its middle where the holes are in them, longer where a hole
/// is; a picture that is smaller than the native size is enlarged.
std::vector<NetworkWindow> find_network_windows(const Mask&, int native, int multiple,
                                                View view = View::Hole);

} // namespace lacuna
