// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "ui/gallery/grouping.h"

namespace lacuna::ui {

/// What the gallery shows: the candidates of a run, the tree over them, the branch that is open, and a person's
/// marks. Candidates are counted from 0 in the order they came. No widgets, and nothing slow: trees are made by
/// group() from what wish() asks for.
class GalleryModel {
public:
    static constexpr int root = -1; ///< in place of the candidate whose branch is open
    static constexpr int branching = 5;

    /// A set without a pool: all of it is one row, and there is no tree.
    void setRow(int count);
    /// A pool is to be shown: a larger snapshot of the present one, or that of a new run, which forgets marks and
    /// tree. False: it is of a new run.
    bool setPool(std::shared_ptr<const CandidatePool> pool, const Recipe& recipe);
    /// The next pool has had this tree, and this branch of it was open. Null: none.
    void expectTree(TreeSnapshot stored, int branch);
    /// What to make of the pool; anew: all cards are chosen from all candidates, only starred ones stay.
    GroupingWish wish(bool anew) const;
    /// The tree that wish() led to. The open branch stays open.
    void take(const SharedGrouping& grouping);

    bool hasPool() const { return pool_ != nullptr; }
    /// Cards were chosen when there were fewer candidates than now.
    bool stale() const { return grouping_ && grouping_->chosenFrom < count_; }
    /// The same as soon as all candidates are in the tree.
    bool willBeStale() const
    {
        return grouping_ && pool_ && grouping_->chosenFrom < int(pool_->candidates.size());
    }

    int count() const { return count_; }
    int candidates() const { return pool_ ? int(pool_->candidates.size()) : count_; } ///< grouped or not yet
    bool hasTree() const { return grouping_ != nullptr; }
    const GalleryTree* tree() const { return grouping_ ? grouping_->tree.get() : nullptr; }

    const SharedGrouping& grouping() const { return grouping_; }

    Rule rule() const { return options_.rule; }
    void setRule(Rule rule) { options_.rule = rule; }
    double peculiarity() const { return options_.peculiarity; }
    void setPeculiarity(double value) { options_.peculiarity = value; }
    /// Candidates are told apart by what is inside; none: by all of the hole.
    void setRegion(std::shared_ptr<const PixelRegion> region) { region_ = std::move(region); }
    bool byRegion() const { return grouping_ && grouping_->region; }
    const std::shared_ptr<const PixelRegion>& region() const { return region_; }
    /// Farthest point and uniformization have a peculiarity.
    static bool hasPeculiarity(Rule rule);

    int branch() const { return branch_; } ///< the candidate whose branch is open, or root
    std::vector<int> cards() const;        ///< candidates of the open branch, in their places
    std::vector<int> cardsBelow(int candidate) const;
    std::vector<int> path() const; ///< candidates whose branches lead to the open one, which is the last
    bool opens(int candidate) const { return size(candidate) > 1; }
    bool open(int candidate); ///< or root; false: it has no branch
    bool close();             ///< one level up; false: at the root

    int size(int candidate) const; ///< candidates it stands for, itself included
    /// Share of the pool that lies in denser surroundings: 1 is the loneliest candidate. 0 without a tree.
    double rarity(int candidate) const;

    /// Where each candidate lies on a map by its first two principal components, in [0,1]; both axes have one scale.
    const std::vector<QPointF>& places() const;

    bool starred(int candidate) const { return stars_.contains(candidate); }
    bool rejected(int candidate) const { return rejects_.contains(candidate); }
    const std::set<int>& stars() const { return stars_; }
    void setStarred(int candidate, bool on); ///< a star takes a rejection back, and the other way round
    void setRejected(int candidate, bool on);

    /// Whether there is anything new left; none where candidates were guided, since those are not independent.
    std::optional<Unseen> unseen() const { return grouping_ ? grouping_->unseen : std::nullopt; }
    bool guided() const { return guided_; }

private:
    int count_ = 0;
    std::shared_ptr<const CandidatePool> pool_{}; ///< to be shown; that of the grouping may be smaller
    SharedGrouping grouping_{};
    TreeOptions options_{.branching = branching};
    std::shared_ptr<const PixelRegion> region_{};
    TreeSnapshot stored_{}; ///< expected
    int branch_ = root;
    int storedBranch_ = root;
    bool guided_ = false;
    std::set<int> stars_{};
    std::set<int> rejects_{};
};

} // namespace lacuna::ui
