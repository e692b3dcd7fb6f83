// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/examples.h"

namespace lacuna::scenes {

/// Sailing boats in a bay at dusk.
Example harbour();

/// A summer meadow with flowers, trees and hills.
Example meadow();

/// A sunlit old house front with shutters and ivy.
Example wall();

} // namespace lacuna::scenes
