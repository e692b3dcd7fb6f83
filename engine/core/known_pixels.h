// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "engine/core/picture.h"

namespace lacuna {

/// How many pixels outside of the hole differ from the original in any channel, alpha included; pictures in different
/// forms (channels, bits) are compared as 8-bit RGB. All sizes are equal.
std::size_t changed_known_pixels(const Picture& filled, const Picture& original, const Mask& hole);

/// How well they agree outside of the hole: PSNR in dB over all samples there as 8-bit RGB; infinite where none differs.
double known_psnr(const Picture& filled, const Picture& original, const Mask& hole);
/// The rule of the papers: a noiseless restoration below this is not one of its measurement.
inline constexpr double consistent_db = 45;

} // namespace lacuna
