// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/evaluation/attribute_judge.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna {

/// The value of an attribute that sets a branch of the gallery apart.
struct BranchName {
    std::size_t attribute = 0, value = 0; ///< of the judge's groups
    int having = 0, of = 0;               ///< candidates of the whole pool with this value, and all of them
};

/// The value that is more frequent in the branch of a node than among its siblings' by the largest difference of
/// shares, if at least half of the branch have it and the difference is at least a fifth; the first of equal ones.
/// values: those of every candidate, as a judge reads them.
std::optional<BranchName> name_branch(const GalleryTree&, int node, const std::vector<AttributeGroup>&,
                                      const std::vector<scenes::Attributes>& values);

/// "glasses dark, 3 of 100"; nothing for no name.
std::string to_string(const std::optional<BranchName>&, const std::vector<AttributeGroup>&);

} // namespace lacuna
