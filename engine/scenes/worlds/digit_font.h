// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/core/picture.h"

namespace lacuna::scenes {

/// A digit 0 to 9 as if written by hand, light on black: 8-bit grey, side x side pixels, side in [16, 256]. The seed
/// decides form, weight, slant, roundness and ends; sizes agree in content. The outermost pixels stay black.
Picture draw_digit(int digit, std::uint64_t seed, int side);

} // namespace lacuna::scenes
