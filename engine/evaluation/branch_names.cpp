// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/branch_names.h"

#include <algorithm>

namespace lacuna {

namespace {

constexpr double least_share = 0.5, least_difference = 0.2;

int count_of(const std::vector<int>& candidates, const std::vector<scenes::Attributes>& values,
             std::size_t attribute, int value)
{
    return int(std::count_if(candidates.begin(), candidates.end(), [&](int candidate) {
        return values[std::size_t(candidate)][attribute] == value;
    }));
}

} // namespace

std::optional<BranchName> name_branch(const GalleryTree& tree, int node,
                                      const std::vector<AttributeGroup>& groups,
                                      const std::vector<scenes::Attributes>& values)
{
    const std::vector<int> branch = tree.members(node);
    const std::vector<int> all = tree.members(tree.nodes()[std::size_t(node)].parent);
    const std::vector<int> pool = tree.members(root_branch);
    const double others = double(all.size()) - double(branch.size());
    std::optional<BranchName> best;
    double largest = 0;
    for (std::size_t a = 0; others > 0 && a < groups.size(); ++a)
        for (std::size_t v = 0; v < groups[a].values.size(); ++v) {
            const int inside = count_of(branch, values, a, int(v));
            const double share = inside / double(branch.size());
            const double difference = share - (count_of(all, values, a, int(v)) - inside) / others;
            if (share < least_share || difference < least_difference || difference <= largest)
                continue;
            largest = difference;
            best = {a, v, count_of(pool, values, a, int(v)), int(pool.size())};
        }
    return best;
}

std::string to_string(const std::optional<BranchName>& name, const std::vector<AttributeGroup>& groups)
{
    if (!name)
        return {};
    const AttributeGroup& group = groups[name->attribute];
    return group.name + " " + group.values[name->value] + ", " + std::to_string(name->having) + " of "
           + std::to_string(name->of);
}

} // namespace lacuna
