// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "engine/selection/gallery_tree.h"
#include "engine/selection/unseen.h"
#include "engine/session/disagreement.h"
#include "engine/session/messages.h"

namespace lacuna::ui {

/// What the gallery finds out about a pool: made on a thread, then only read.
struct Grouping {
    std::shared_ptr<const CandidatePool> pool{};
    std::shared_ptr<const PixelRegion>
        region{}; ///< candidates differ by what is inside; none: by all of the hole
    FeatureRows rows{};
    TreeSnapshot tree{};
    int chosenFrom = 0; ///< candidates there were when the cards were chosen
    int choice = 0;     ///< how often they have been
    /// For each candidate the share of the pool that lies in denser surroundings: 1 is the loneliest.
    std::vector<double> rarity{};
    /// Where each lies on a map by its first two columns, in [0,1]; both axes have one scale.
    std::vector<QPointF> places{};
    /// Whether there is anything new left; none where candidates were guided, since those are not independent.
    std::optional<Unseen> unseen{};

    int count() const { return int(tree->candidates().size()); }
};
using SharedGrouping = std::shared_ptr<const Grouping>;

/// What is to be grouped, and how.
struct GroupingWish {
    std::shared_ptr<const CandidatePool> pool{};
    std::shared_ptr<const PixelRegion> region{};
    std::uint64_t seed = 0; ///< of the run
    bool guided = false;
    TreeOptions options{};
    std::set<int> stars{}; ///< stay when cards are chosen anew
    bool anew = false;     ///< choose all cards from all candidates; else those that are there stay
    TreeSnapshot stored{}; ///< of a project: taken as it is if it is of this pool; null: none
    SharedGrouping previous{};
};

/// Some ten milliseconds of work for a pool of a thousand; what did not change is taken from the previous grouping.
SharedGrouping group(const GroupingWish& wish);

/// The candidates of a pool of one run, as the tree knows them.
std::vector<Candidate> provenance(const CandidatePool& pool, std::uint64_t seed, bool guided);

} // namespace lacuna::ui
