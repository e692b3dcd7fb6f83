// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace lacuna {

/// What a draw is for; part of the key, so that one use never shifts another.
enum class Purpose : std::uint32_t {
    Initial = 0,
    Step = 1,
    Churn = 2,
    Level = 3,
    Search = 4,
    Selection = 5,
    Known = 6,       ///< on known pixels (RePaint)
    Travel = 7,      ///< going back up
    Measurement = 8, ///< of the degradation
    Smoothed = 9,    ///< spectral components less noisy than the measurement (DDRM)
    Observed = 10,   ///< spectral components noisier than the measurement (DDRM)
    Unused = 11,     ///< drawn by a published method and not used
    Resampling = 12, ///< of the tail of a pool, and Gaussians to compare it with
    Toy = 13,        ///< points of the mixture in the plane
};

} // namespace lacuna
