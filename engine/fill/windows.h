// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// A rectangle of the picture that is filled on its own: holes that lie together, and their surroundings.
struct Window {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// The windows of a mask: holes far apart get their own. A window reaches beyond its holes by their larger side,
/// at least `least_margin` pixels, so that its size follows the hole and not the picture. No window touches the
/// holes of another.
std::vector<Window> find_windows(const Mask&, int least_margin = 64);

} // namespace lacuna
