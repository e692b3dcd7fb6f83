// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/scene_canvas.h"

namespace lacuna::scenes {

/// A broad-leaved tree, its foot at `foot`.
struct Tree {
    Point foot;
    float height, breadth;
    Rgb dark, light;
    /// How much of the air's colour lies before it.
    float haze;
    std::uint32_t seed;
};
void paint_tree(Canvas& canvas, const Tree& tree);

enum class Flower { Poppy, Daisy, Cornflower, Buttercup, Lupin, Mallow };
inline constexpr int kFlowers = 6;

/// One flower on its stem; `size` is the radius of the blossom, `light` how bright it stands.
void paint_flower(Canvas& canvas, Flower kind, Point foot, float size, float light, std::uint32_t seed);

} // namespace lacuna::scenes
