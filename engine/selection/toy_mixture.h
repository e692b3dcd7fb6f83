// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/selection/rows.h"

namespace lacuna {

/// The mixture in the plane with which Cohen et al. 2024 compare the rules (Fig. 4, 9, 10): ten Gaussians, a dominant
/// one in the middle and nine rare ones on the unit circle. Positions and variances as in samplers.md 8.
struct ToyMixture {
    static constexpr int modes = 10;
    static constexpr double central_weight = 0.95, central_variance = 0.0225, outer_variance = 0.0036;

    FeatureRows points{};    ///< [N,2]
    std::vector<int> mode{}; ///< which Gaussian made each point; 0: the one in the middle
};

FeatureRows toy_centers(); ///< [10,2]

/// N points; the same seed makes the same ones.
ToyMixture draw_toy(int count, std::uint64_t seed);

/// How many modes a choice shows: each row counts for the nearest centre.
int modes_covered(const FeatureRows& points, const std::vector<int>& chosen);

} // namespace lacuna
