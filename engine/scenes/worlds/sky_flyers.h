// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/sky_scene.h"

namespace lacuna::scenes {

enum class Flyer { None, Birds, Kite, Balloon, Airship, Parachutist };

/// Paints the flyer inside the scene's patch; nothing outside it changes. `behind`: a colour of the sky there.
void paint_flyer(Painting&, const SkyScene&, Flyer, Rgb behind);

} // namespace lacuna::scenes
