// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna {

namespace {

/// Rows whose pairs tell which distance is the limit of soft membership.
constexpr int rows_of_limit = 1000;
/// K-means runs fewer times in large branches, so that a tree is built while one looks.
constexpr int restarts_of_small = 10, restarts_of_large = 2, large_branch = 500;

constexpr int nowhere = -2; ///< a branch that the previous tree does not have

/// A branch that is still to be split.
struct Branch {
    int candidate = -1;      ///< its representative; -1 for the root
    std::vector<int> rows{}; ///< candidates below the representative
    int previous = nowhere;  ///< the node of the previous tree that it continues
};

bool coincide(const FeatureRows& features, const std::vector<int>& rows)
{
    return std::all_of(rows.begin(), rows.end(), [&](int row) {
        return std::equal(features.row(row), features.row(row) + features.columns(),
                          features.row(rows.front()));
    });
}

double spread_of(const FeatureRows& features, const Branch& branch)
{
    std::vector<int> rows = branch.rows;
    rows.push_back(branch.candidate);
    std::vector<double> mean(static_cast<std::size_t>(features.columns()), 0.0);
    for (const int row : rows)
        for (std::size_t c = 0; c < mean.size(); ++c)
            mean[c] += features.row(row)[c] / static_cast<double>(rows.size());
    double sum = 0;
    for (const int row : rows)
        sum += features.squared_distance(features.row(row), mean.data());
    return std::sqrt(sum / static_cast<double>(rows.size()));
}

/// The squared distance that a share of all pairs does not exceed, from evenly spaced rows of large pools.
double squared_limit(const FeatureRows& rows, double share)
{
    if (share >= 1)
        return std::numeric_limits<double>::infinity();
    const int step = (rows.size() + rows_of_limit - 1) / rows_of_limit;
    std::vector<double> squared;
    for (int i = 0; i < rows.size(); i += step)
        for (int j = 0; j < i; j += step)
            squared.push_back(rows.squared_distance(i, j));
    if (squared.empty())
        return 0;
    const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(squared.size() - 1));
    std::nth_element(squared.begin(), squared.begin() + rank, squared.end());
    return squared[static_cast<std::size_t>(rank)];
}

class Builder {
public:
    Builder(const FeatureRows& features, const TreeOptions& options, const GalleryTree* previous, Keep keep)
        : features_(features),
          options_(options),
          previous_(previous)
    {
        for (int i = 0; i < features.size(); ++i)
            if (features.is_finite(i))
                finite_.push_back(i);
        if (options.soft > 0)
            nearest_.assign(static_cast<std::size_t>(features.size()), -1);
        if (!finite_.empty() && (options.rule == Rule::Uniform || options.soft > 0))
            look_around();
        if (previous)
            hold(keep);
    }

    /// For each candidate its nearest other one within the limit of soft membership, or -1; empty without it.
    const std::vector<int>& nearest() const { return nearest_; }

    /// Nodes in preorder: a branch is written, then its cards are split in their order.
    std::vector<TreeNode> nodes() const
    {
        std::vector<TreeNode> nodes;
        std::vector<Branch> open = split({.rows = finite_, .previous = previous_ ? root_branch : nowhere});
        std::reverse(open.begin(), open.end());
        while (!open.empty()) {
            Branch branch = std::move(open.back());
            open.pop_back();
            nodes.push_back({.candidate = branch.candidate,
                             .size = static_cast<int>(branch.rows.size()) + 1,
                             .spread = spread_of(features_, branch),
                             .pinned = branch.previous >= 0 && previous_node(branch.previous).pinned});
            std::vector<Branch> cards = split(branch);
            std::move(cards.rbegin(), cards.rend(), std::back_inserter(open));
        }
        return nodes;
    }

private:
    const TreeNode& previous_node(int node) const
    {
        return previous_->nodes()[static_cast<std::size_t>(node)];
    }

    /// One pass over all pairs for uniformization and soft membership.
    void look_around()
    {
        const FeatureRows rows = features_.at(finite_);
        const Neighbourhoods around = uniformization_neighbourhoods(rows);
        const double limit = nearest_.empty() ? 0 : squared_limit(rows, options_.soft);
        if (options_.rule == Rule::Uniform)
            rho_.resize(static_cast<std::size_t>(features_.size()));
        for (std::size_t i = 0; i < finite_.size(); ++i) {
            const auto candidate = static_cast<std::size_t>(finite_[i]);
            if (!rho_.empty())
                rho_[candidate] = around.rho[i];
            if (!nearest_.empty() && around.nearest[i] >= 0 && around.squared[i] <= limit)
                nearest_[candidate] = finite_[static_cast<std::size_t>(around.nearest[i])];
        }
    }

    /// A pinned card holds its place, and so do the cards above it.
    void hold(Keep keep)
    {
        held_.assign(previous_->nodes().size(), keep == Keep::Everything);
        for (std::size_t i = 0; i < held_.size(); ++i)
            if (previous_->nodes()[i].pinned)
                for (const int node : previous_->path(static_cast<int>(i)))
                    held_[static_cast<std::size_t>(node)] = true;
        for (const TreeNode& node : previous_->nodes())
            check(features_.is_finite(node.candidate), "the features of a pool that grows stay as they are");
    }

    /// The held card of a continued branch that the row is, or is held below; -1: the row is free.
    int card_holding(const std::vector<int>& cards, int row) const
    {
        if (cards.empty() || row >= static_cast<int>(previous_->candidates().size()))
            return -1;
        const int node = previous_->node_of(row).value_or(-1);
        if (node < 0 || !held_[static_cast<std::size_t>(node)])
            return -1;
        const auto after = std::upper_bound(cards.begin(), cards.end(), node);
        return after == cards.begin() ? -1 : *(after - 1);
    }

    std::vector<Branch> split(const Branch& branch) const
    {
        if (branch.rows.empty())
            return {};
        std::vector<int> held; // nodes of the previous tree, in their places
        if (branch.previous != nowhere)
            for (const int card : previous_->children(branch.previous))
                if (held_[static_cast<std::size_t>(card)])
                    held.push_back(card);
        std::vector<int> free;
        for (const int row : branch.rows)
            if (card_holding(held, row) < 0)
                free.push_back(row);
        std::vector<Branch> cards = placed(branch, held, chosen(branch, held, free));

        // Every other row goes to the card that holds it, or to the nearest.
        std::vector<std::vector<int>*> below(held.size());
        std::vector<bool> is_card(static_cast<std::size_t>(features_.size()), false);
        for (const Branch& card : cards)
            is_card[static_cast<std::size_t>(card.candidate)] = true;
        for (const int row : branch.rows) {
            if (is_card[static_cast<std::size_t>(row)])
                continue;
            const int holder = card_holding(held, row);
            const auto card = holder >= 0
                                  ? std::find_if(cards.begin(), cards.end(),
                                                 [&](const Branch& c) { return c.previous == holder; })
                                  : nearest(cards, row);
            card->rows.push_back(row);
        }
        return cards;
    }

    /// Free rows that become cards beside those held.
    std::vector<int> chosen(const Branch& branch, const std::vector<int>& held,
                            const std::vector<int>& free) const
    {
        const int places = options_.branching - static_cast<int>(held.size());
        if (static_cast<int>(free.size()) <= places
            || (held.empty() && !free.empty() && coincide(features_, free)))
            return free;
        if (places <= 0)
            return {};
        std::vector<int> rows, first;
        for (const int node : held) {
            first.push_back(static_cast<int>(rows.size()));
            rows.push_back(previous_node(node).candidate);
        }
        rows.insert(rows.end(), free.begin(), free.end());
        std::vector<double> rho;
        for (const int row : rows)
            if (!rho_.empty())
                rho.push_back(rho_[static_cast<std::size_t>(row)]);
        const RuleOptions rule{.rule = options_.rule,
                               .peculiarity = options_.peculiarity,
                               .seed = options_.seed,
                               .branch = static_cast<std::uint32_t>(branch.candidate + 1),
                               .restarts =
                                   rows.size() > large_branch ? restarts_of_large : restarts_of_small};
        std::vector<int> added = choose(features_.at(rows), options_.branching, rule, first, rho);
        added.erase(added.begin(), added.begin() + static_cast<std::ptrdiff_t>(first.size()));
        for (int& row : added)
            row = rows[static_cast<std::size_t>(row)];
        return added;
    }

    /// Held cards in their places, the others in those that are left.
    std::vector<Branch> placed(const Branch& branch, const std::vector<int>& held,
                               const std::vector<int>& added) const
    {
        std::vector<Branch> cards(held.size() + added.size());
        const std::vector<int> old = held.empty() ? std::vector<int>{} : previous_->children(branch.previous);
        std::size_t places = cards.size();
        for (auto node = held.rbegin(); node != held.rend();
             ++node) { // from the last, which may have to move up
            const auto place =
                static_cast<std::size_t>(std::find(old.begin(), old.end(), *node) - old.begin());
            places = std::min(place, places - 1);
            cards[places] = {.candidate = previous_node(*node).candidate, .previous = *node};
        }
        auto next = added.begin();
        for (Branch& card : cards)
            if (card.candidate < 0)
                card.candidate = *next++;
        return cards;
    }

    std::vector<Branch>::iterator nearest(std::vector<Branch>& cards, int row) const
    {
        return std::min_element(cards.begin(), cards.end(), [&](const Branch& a, const Branch& b) {
            return features_.squared_distance(row, a.candidate)
                   < features_.squared_distance(row, b.candidate);
        });
    }

    const FeatureRows& features_;
    const TreeOptions& options_;
    const GalleryTree* previous_;
    std::vector<int> finite_{};
    std::vector<double> rho_{};  ///< of all candidates; the density of a pool is not that of its parts
    std::vector<int> nearest_{}; ///< of all candidates
    std::vector<bool> held_{};   ///< nodes of the previous tree
};

TreeSnapshot build(const FeatureRows& features, std::vector<Candidate> candidates, const TreeOptions& options,
                   const GalleryTree* previous, Keep keep)
{
    check(features.size() == static_cast<int>(candidates.size()), "each candidate has one row of features");
    if (options.branching < 2 || options.branching > 64)
        throw Error(ErrorKind::Usage, "A branch of " + std::to_string(options.branching),
                    "it is out of range", "Use a number from 2 to 64.");
    if (!(options.soft >= 0 && options.soft <= 1))
        throw Error(ErrorKind::Usage, "The soft membership", "it is out of range",
                    "Use a share from 0 to 1.");
    peculiarity(options.peculiarity, 2, 1);
    const Builder builder(features, options, previous, keep);
    return std::make_shared<const GalleryTree>(options, std::move(candidates), builder.nodes(),
                                               builder.nearest());
}

} // namespace

TreeSnapshot build_tree(const FeatureRows& features, std::vector<Candidate> candidates,
                        const TreeOptions& options)
{
    return build(features, std::move(candidates), options, nullptr, Keep::Pinned);
}

TreeSnapshot grow_tree(const GalleryTree& previous, const FeatureRows& features,
                       std::vector<Candidate> candidates, Keep keep)
{
    check(candidates.size() >= previous.candidates().size()
              && std::equal(previous.candidates().begin(), previous.candidates().end(), candidates.begin()),
          "a pool grows at its end");
    return build(features, std::move(candidates), previous.options(), &previous, keep);
}

} // namespace lacuna
