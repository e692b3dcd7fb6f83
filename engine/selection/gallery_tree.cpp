// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/gallery_tree.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

namespace {

Error no_tree(const std::string& cause)
{
    return Error(ErrorKind::Input, "The tree", cause, "Build it again from the pool.");
}

} // namespace

GalleryTree::GalleryTree(TreeOptions options, std::vector<Candidate> candidates, std::vector<TreeNode> nodes,
                         std::vector<int> nearest)
    : options_(options),
      candidates_(std::move(candidates)),
      nodes_(std::move(nodes)),
      nearest_(std::move(nearest)),
      node_of_(candidates_.size(), -1)
{
    const int count = static_cast<int>(nodes_.size()), pool = static_cast<int>(candidates_.size());
    std::vector<int> open; // nodes whose branch is not complete
    for (int i = 0; i < count; ++i) {
        TreeNode& node = nodes_[static_cast<std::size_t>(i)];
        const auto end_of = [&](int n) { return n + nodes_[static_cast<std::size_t>(n)].size; };
        while (!open.empty() && end_of(open.back()) <= i)
            open.pop_back();
        node.parent = open.empty() ? root_branch : open.back();
        node.depth = static_cast<int>(open.size());
        const int room = (open.empty() ? count : end_of(open.back())) - i;
        if (node.size < 1 || node.size > room)
            throw no_tree("a branch is larger than the one it is in");
        if (node.candidate < 0 || node.candidate >= pool
            || node_of_[static_cast<std::size_t>(node.candidate)] >= 0)
            throw no_tree("a candidate is unknown or has two places");
        node_of_[static_cast<std::size_t>(node.candidate)] = i;
        open.push_back(i);
    }
    for (int c = 0; c < pool; ++c)
        if (!node_of(c))
            left_out_.push_back(c);
    if (!nearest_.empty() && static_cast<int>(nearest_.size()) != pool)
        throw no_tree("it does not know the neighbours of all candidates");
    for (const int other : nearest_)
        if (other < -1 || other >= pool)
            throw no_tree("a neighbour is unknown");
}

std::optional<int> GalleryTree::node_of(int candidate) const
{
    const int node = node_of_.at(static_cast<std::size_t>(candidate));
    return node < 0 ? std::nullopt : std::optional(node);
}

std::vector<int> GalleryTree::children(int node) const
{
    const int end = node == root_branch ? static_cast<int>(nodes_.size())
                                        : node + nodes_.at(static_cast<std::size_t>(node)).size;
    std::vector<int> nodes;
    for (int child = node + 1; child < end; child += nodes_[static_cast<std::size_t>(child)].size)
        nodes.push_back(child);
    return nodes;
}

std::vector<int> GalleryTree::path(int node) const
{
    std::vector<int> nodes;
    for (; node != root_branch; node = nodes_.at(static_cast<std::size_t>(node)).parent)
        nodes.push_back(node);
    std::reverse(nodes.begin(), nodes.end());
    return nodes;
}

std::vector<int> GalleryTree::members(int node) const
{
    const bool root = node == root_branch;
    const auto first = nodes_.begin() + (root ? 0 : node);
    const auto last = root ? nodes_.end() : first + nodes_.at(static_cast<std::size_t>(node)).size;
    std::vector<int> candidates;
    std::transform(first, last, std::back_inserter(candidates),
                   [](const TreeNode& n) { return n.candidate; });
    return candidates;
}

double GalleryTree::share(int node) const
{
    return node == root_branch ? 1
                               : static_cast<double>(nodes_.at(static_cast<std::size_t>(node)).size)
                                     / static_cast<double>(nodes_.size());
}

std::vector<int> GalleryTree::borrowed(int node) const
{
    if (nearest_.empty() || node == root_branch)
        return {};
    const std::vector<int> own = members(node);
    std::set<int> shown;
    for (const int above : path(node))
        for (const int card : children(nodes_[static_cast<std::size_t>(above)].parent))
            shown.insert(nodes_[static_cast<std::size_t>(card)].candidate);
    std::set<int> others;
    for (const int member : own)
        if (const int other = nearest_[static_cast<std::size_t>(member)]; other >= 0) {
            const int place = node_of(other).value_or(-1);
            const bool inside = place >= node && place < node + static_cast<int>(own.size());
            if (place >= 0 && !inside && !shown.contains(other))
                others.insert(other);
        }
    return {others.begin(), others.end()};
}

std::vector<FaceWeight> GalleryTree::face(int node, CardFace face) const
{
    if (face == CardFace::Representative)
        return {{nodes_.at(static_cast<std::size_t>(node)).candidate, 1}};
    const std::vector<int> own = members(node), others = borrowed(node);
    const double total = static_cast<double>(own.size()) + static_cast<double>(others.size()) / 2;
    std::vector<FaceWeight> weights;
    for (const int member : own)
        weights.push_back({member, 1 / total});
    for (const int other : others)
        weights.push_back({other, 0.5 / total});
    return weights;
}

TreeSnapshot with_pins(const GalleryTree& tree, const std::set<int>& candidates)
{
    std::vector<TreeNode> nodes = tree.nodes();
    for (TreeNode& node : nodes)
        node.pinned = candidates.contains(node.candidate);
    return std::make_shared<const GalleryTree>(tree.options(), tree.candidates(), std::move(nodes),
                                               tree.nearest());
}

} // namespace lacuna
