// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/selection/rules.h"

namespace lacuna {

/// Where a candidate of a pool comes from.
struct Candidate {
    std::string file{};                  ///< its name in the folder or set
    std::string set{};                   ///< content hash or folder of the set it was made in
    std::optional<std::uint64_t> seed{}; ///< of that set; unknown for pictures of other programs
    int member = 0;                      ///< of that set
    bool guided = false;                 ///< by the diversity guidance

    bool operator==(const Candidate&) const = default;
};

struct TreeOptions {
    int branching = 5; ///< representatives of a branch, 2..64
    Rule rule = Rule::FarthestPoint;
    double peculiarity = 1; ///< [0,1], see rules.h
    std::uint64_t seed = 0;
    /// Branches borrow the nearest neighbours of their members from other branches: those at most as far away as this
    /// share of all pairs. 0: no soft membership; 0.1 in the public code; 1: no limit.
    double soft = 0;

    bool operator==(const TreeOptions&) const = default;
};

/// One card of the gallery: a candidate that stands for itself and for everything below it.
struct TreeNode {
    int candidate = 0;
    int size =
        1; ///< candidates it stands for, itself included; its branch are the size - 1 nodes that follow
    double spread =
        0; ///< root mean square distance of these candidates from their mean, in units of the features
    bool pinned = false; ///< by a person: stays in its place when the pool grows
    int parent = -1;     ///< node, or root_branch
    int depth = 0;       ///< of the root set 0

    bool operator==(const TreeNode&) const = default;
};
inline constexpr int root_branch = -1;

/// How a card can look; the pixels are made from the weights elsewhere.
enum class CardFace {
    Representative, ///< the candidate itself
    Mean,           ///< the weighted mean of the pictures
    Spread,         ///< their weighted standard deviation
};
struct FaceWeight {
    int candidate = 0;
    double weight = 0; ///< they sum to 1
};

/// The hierarchical gallery: n representatives of the pool, each with a branch of the candidates that are nearest to
/// it, and so on in every branch until at most n are left, which become leaves. Candidates that coincide are not
/// separated: all of them are leaves of one branch. Every candidate with finite features is one node. An immutable
/// value, shared between threads as a snapshot. Cohen et al. 2024; restoration.md 5.3.
class GalleryTree {
public:
    /// nodes: in preorder, with candidate, size, spread and pinned; the rest is found here. nearest: for each
    /// candidate its nearest neighbour within the limit or -1; empty without soft membership. Throws Error{Input}
    /// when these do not make a tree of the candidates.
    GalleryTree(TreeOptions, std::vector<Candidate>, std::vector<TreeNode> nodes, std::vector<int> nearest);

    const TreeOptions& options() const { return options_; }
    const std::vector<Candidate>& candidates() const { return candidates_; }
    const std::vector<TreeNode>& nodes() const { return nodes_; }
    const std::vector<int>& nearest() const { return nearest_; }
    /// Candidates whose features are not finite; they are in no branch.
    const std::vector<int>& left_out() const { return left_out_; }

    /// Where the candidate is, or no node.
    std::optional<int> node_of(int candidate) const;
    /// The cards of a branch in their places; of root_branch the root set.
    std::vector<int> children(int node) const;
    /// Nodes from the root set to this one.
    std::vector<int> path(int node) const;
    /// Candidates that a node stands for, itself first; all of them for root_branch.
    std::vector<int> members(int node) const;
    /// The share of the pool that a node stands for: of samples of the model, not a probability about the scene.
    double share(int node) const;
    /// Soft membership: candidates of other branches that are the nearest neighbour of a member, in ascending order,
    /// without those already shown on the way here.
    std::vector<int> borrowed(int node) const;
    /// A borrowed candidate counts half a member.
    std::vector<FaceWeight> face(int node, CardFace) const;

private:
    TreeOptions options_;
    std::vector<Candidate> candidates_;
    std::vector<TreeNode> nodes_;
    std::vector<int> nearest_;
    std::vector<int> left_out_{};
    std::vector<int> node_of_{}; ///< -1: none
};

using TreeSnapshot = std::shared_ptr<const GalleryTree>;

/// features: one row for each candidate, at most 25 columns are usual. Small pools are trees too: one of none is
/// empty. Throws Error{Usage} for options out of range.
TreeSnapshot build_tree(const FeatureRows&, std::vector<Candidate>, const TreeOptions&);

/// What keeps its place when a tree grows.
enum class Keep {
    Pinned,    ///< pinned cards and the cards above them; everything else is chosen and assigned anew
    Everything ///< every card; new candidates join the nearest branch, or take a free place in it
};
/// The tree of a larger pool that begins with the candidates of `previous`; the options stay.
TreeSnapshot grow_tree(const GalleryTree& previous, const FeatureRows&, std::vector<Candidate>,
                       Keep = Keep::Pinned);

/// The same tree with exactly these candidates pinned.
TreeSnapshot with_pins(const GalleryTree&, const std::set<int>& candidates);

/// Strict JSON with a version: unknown, missing, ill-typed or contradicting members throw Error{Input} naming `file`.
std::string to_json(const GalleryTree&);
TreeSnapshot tree_from_json(const std::string& text, const std::string& file);

} // namespace lacuna
