// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/sky_scene.h"

namespace lacuna::scenes {

// What lies under a sky. Each covers everything below the horizon and nothing more than kLandHeight above it.

void paint_hills(Painting&, const SkyScene&);
void paint_sea(Painting&, const SkyScene&);
void paint_roofs(Painting&, const SkyScene&);

/// A colour of the land in the light of the hour, seen through this much air (0 near, 1 at the horizon).
Rgb in_the_air(const SkyScene&, Rgb colour, float air);

} // namespace lacuna::scenes
