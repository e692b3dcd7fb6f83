// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/selection/algorithms.h"

namespace lacuna {

/// FarthestPoint gives diversity, KMeans coverage; Uniform levels the density and may leave out the main kind
/// altogether; Random is what the model finds likely.
enum class Rule { FarthestPoint, KMeans, Uniform, Random };

const char* name(Rule);                   ///< "fps", "kmeans", "uniform", "random"
Rule parse_rule(const std::string& text); ///< throws Error{Usage}

/// What a peculiarity in [0,1], from likely to odd, means to the rules that choose `count` of `rows`.
struct Peculiarity {
    int taking_part =
        0;           ///< L, the size of the random part that farthest point chooses from: count + 1 .. rows
    double kept = 1; ///< alpha, the share of the most probable rows that uniformization draws from: 1/2 .. 1
};
/// L grows geometrically: every tenth of the control multiplies it by the same factor. The paper's default is 1.
/// Throws Error{Usage} outside of [0,1].
Peculiarity peculiarity(double control, int rows, int count);

struct RuleOptions {
    Rule rule = Rule::FarthestPoint;
    double peculiarity = 1;
    std::uint64_t seed = 0;
    std::uint32_t branch = 0; ///< selections with the same seed that shall not repeat each other
    int restarts = 10;        ///< of K-means
};

/// With rho of uniformization by its convention: 6 neighbours without the row itself, fewer where there are fewer
/// rows, of which there is at least one.
Neighbourhoods uniformization_neighbourhoods(const FeatureRows&);

/// `count` distinct rows in the order of selection, which begin with `held`. Uniformization takes the columns as the
/// dimension and `rho` as the distances to neighbours; empty: computed from these rows. Throws Error{Input} when
/// there are fewer than `count` rows or values that are not finite.
std::vector<int> choose(const FeatureRows&, int count, const RuleOptions&, const std::vector<int>& held = {},
                        const std::vector<double>& rho = {});

} // namespace lacuna
