// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/scene_canvas.h"

namespace lacuna::scenes {

/// One sailing boat. The water line is at `place`; `length` is that of the hull in picture pixels.
struct Boat {
    enum class Rig { Sloop, Gaff, Ketch };
    Point place;
    float length;
    Rig rig;
    bool to_left;
    Rgb sail, hull, stripe;
    float haze;
    std::uint32_t seed;
};

/// Paints a boat, without its reflection, on a layer of its own.
Canvas paint_boat(const Boat& boat);

/// All boats of the bay, the farthest first.
std::vector<Boat> harbour_fleet();

} // namespace lacuna::scenes
