// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// 8-bit RGB pictures of one size in rows of `columns` on light paper, `gap` pixels between them and around.
Picture picture_grid(const std::vector<Picture>& rgb8, int columns, int gap);

/// The 8-bit RGB picture with its hole veiled and hatched, as people see the masked input.
Picture hatched(const Picture& rgb8, const Mask&);

} // namespace lacuna
