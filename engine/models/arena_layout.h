// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace lacuna {

/// A block of memory that is in use from step `first` to step `last`, both included.
struct Lifetime {
    std::size_t size = 0;
    int first = 0, last = 0;
};

struct ArenaLayout {
    std::vector<std::size_t> offsets{}; ///< of every block, multiples of 16
    std::size_t size = 0;
};

/// Offsets such that blocks in use at the same time do not overlap: large ones first, each at the lowest place.
ArenaLayout lay_out(const std::vector<Lifetime>& blocks);

} // namespace lacuna
