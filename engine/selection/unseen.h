// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/selection/rows.h"

namespace lacuna {

/// Kinds of candidates: rows that are linked by steps of at most `step` between neighbours belong together.
/// The kinds are numbered in the order of their first rows.
std::vector<int> linked_kinds(const FeatureRows&, double step);
/// Twice the median distance of a row to its nearest neighbour: longer steps are unusual inside a kind. 0 for fewer
/// than two rows.
double usual_step(const FeatureRows&);

/// "Is there anything new left?" The share of samples of the model that would be of a kind not yet seen.
struct Unseen {
    int samples = 0;
    int kinds = 0;      ///< seen
    int once = 0;       ///< kinds seen exactly once
    double share = 1;   ///< Good-Turing: once / samples
    double at_most = 1; ///< upper end of a one-sided 95 % interval of the share

    /// How probable a new kind is among so many further samples, if the share is right.
    double new_kind_within(int further_samples) const;
    /// Nothing that `limit` of the samples or more would show is still to be expected.
    bool may_stop(double limit) const { return at_most < limit; }
};

/// kinds: for each sample the number of its kind, all samples drawn independently (not those of a guided set, which
/// repel each other). Good 1953; the interval after Esty 1983, with one more kind seen once than there are.
Unseen unseen(const std::vector<int>& kinds);

} // namespace lacuna
