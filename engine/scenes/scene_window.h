// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/scene_relief.h"

namespace lacuna::scenes {

/// One window of the house front, placed by the middle of its opening.
struct Window {
    Point middle;
    float width, height;
    Rgb shutter;
    bool closed;
    /// The colour of the flowers in the box below; black means no box.
    Rgb flowers;
    std::uint32_t seed;
};

/// Builds surround, recess, panes, shutters, sill and flower box into the wall.
void build(Relief& relief, const Window& window);

/// Leaves and blossoms in a heap around a point.
void plant(Relief& relief, Point centre, float spread_x, float spread_y, float level, Rgb blossom, int count,
           std::uint32_t seed);

} // namespace lacuna::scenes
