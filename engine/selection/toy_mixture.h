// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
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

/// A rule of the figures: `count` rows of the points.
struct ToyRule {
    std::string name; ///< for people, such as "farthest point, L = 300"
    std::function<std::vector<int>(const FeatureRows& points, int count, std::uint64_t seed)> choose;
};
/// Random, K-means, farthest point from all and from random parts of 300 and 100, and uniformization from all and from
/// the 90 % most probable (ten neighbours, the point itself counted).
const std::vector<ToyRule>& toy_rules();

/// How many modes a choice shows: each row counts for the nearest centre.
int modes_covered(const FeatureRows& points, const std::vector<int>& chosen);

} // namespace lacuna
