// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "engine/core/picture.h"

namespace lacuna {

/// How many pixels outside of the hole differ from the original in any channel, alpha included; pictures in different
/// forms (channels, bits) are compared as 8-bit RGB. All sizes are equal.
std::size_t known_pixels_changed(const Picture& filled, const Picture& original, const Mask& hole);

} // namespace lacuna
