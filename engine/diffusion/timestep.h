// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace lacuna {

/// How a sigma finds its timestep in a table of increasing sigma_k, k = 0 .. T-1. samplers.md 1.3.
enum class TimestepRule {
    NearestLog,      ///< argmin |ln sigma - ln sigma_k|, first on ties
    Interpolated,    ///< fractional, linear in ln sigma between two entries, clipped to [0, T-1]
    Floor,           ///< number of sigma_k <= sigma, minus 1; -1 below the table
    Next,            ///< number of sigma_k <= sigma; may be T
    Ceil,            ///< number of sigma_k < sigma; may be T
    NearestAbsolute, ///< argmin |sigma - sigma_k|, first on ties
};

/// The timestep as the rule says it, not clamped to the table.
double timestep_of(const std::vector<double>& table, double sigma, TimestepRule rule);

/// sigma at a timestep: the entry of an integer t, log-linear between entries otherwise; clamped to the table.
double sigma_at(const std::vector<double>& table, double t);

} // namespace lacuna
