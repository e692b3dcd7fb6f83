// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/core/picture.h"

namespace lacuna {

/// What an ICC profile calls itself, for people; empty: nothing, or it cannot be read.
std::string profile_name(std::span<const std::uint8_t> profile);

/// The picture with the same colours in sRGB (grey ones in its grey): relative colorimetric with black point
/// compensation. Depth and alpha stay. Throws Error{Input} where the profile cannot be used.
Picture to_srgb(const Picture&, std::span<const std::uint8_t> profile);

} // namespace lacuna
