// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/world.h"

namespace lacuna::scenes {

/// Faces seen from the front.
const World& portraits();

/// Faces of cats.
const World& cats();

/// Bedrooms with the bed in the middle.
const World& bedrooms();

/// Skies over a low horizon.
const World& skies();

} // namespace lacuna::scenes
