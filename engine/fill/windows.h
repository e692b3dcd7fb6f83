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

} // namespace lacuna
