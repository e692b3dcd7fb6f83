// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// The area of a mask, row by row, as lengths of runs: known, hole, known and so on; seven bits a byte, the lowest
/// first, the eighth says that more follow.
std::vector<std::uint8_t> encode_runs(const Mask&, const Area&);

/// Puts them back into the area, which must lie in the mask. Throws Error{Input} naming `file` unless they fill it
/// exactly.
void decode_runs(std::span<const std::uint8_t> runs, const Area&, Mask&, const std::string& file);

} // namespace lacuna
