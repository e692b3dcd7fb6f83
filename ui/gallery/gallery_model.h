// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <optional>
#include <set>
#include <vector>

#include "engine/selection/gallery_tree.h"
#include "engine/selection/unseen.h"
#include "engine/session/messages.h"

namespace lacuna::ui {

/// What the gallery shows: the candidates of a run, the tree over them, the branch that is open, and a person's
/// marks. Candidates are counted from 0 in the order they came. No widgets.
class GalleryModel {
public:
    static constexpr int root = -1; ///< in place of the candidate whose branch is open
    static constexpr int branching = 5;

    /// A set without a pool: all of it is one row, and there is no tree.
    void setRow(int count);
    /// The pool of a new run, or a larger snapshot of the present one: then every card keeps its place.
    void setPool(const CandidatePool& pool, const Recipe& recipe);
    /// Chooses all cards anew, from all candidates; starred ones stay.
    void regroup();
    /// Cards were chosen when there were fewer candidates than now.
    bool stale() const { return tree_ && chosenFrom_ < count_; }

    int count() const { return count_; }
    bool hasTree() const { return tree_ != nullptr; }
    const GalleryTree* tree() const { return tree_.get(); }

    Rule rule() const { return options_.rule; }
    void setRule(Rule rule);
    double peculiarity() const { return options_.peculiarity; }
    void setPeculiarity(double value);
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
    std::vector<QPointF> places() const;

    bool starred(int candidate) const { return stars_.contains(candidate); }
    bool rejected(int candidate) const { return rejects_.contains(candidate); }
    void setStarred(int candidate, bool on); ///< a star takes a rejection back, and the other way round
    void setRejected(int candidate, bool on);

    /// Whether there is anything new left; none where candidates were guided, since those are not independent.
    std::optional<Unseen> unseen() const;
    bool guided() const { return guided_; }

private:
    void rebuild();
    TreeSnapshot withOptions() const;
    void keepBranch();

    int count_ = 0;
    FeatureRows rows_{};
    std::vector<Candidate> candidates_{};
    std::vector<double> rarity_{};
    TreeOptions options_{.branching = branching};
    TreeSnapshot tree_{};
    int chosenFrom_ = 0;
    int branch_ = root;
    bool guided_ = false;
    std::set<int> stars_{};
    std::set<int> rejects_{};
};

} // namespace lacuna::ui
