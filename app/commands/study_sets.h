// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/study/study_plan.h"

namespace lacuna::cli {

/// The sets of a study as they lie in folders.
struct StudySources {
    std::vector<std::vector<StudySet>> methods{}; ///< one list for each list of paths
    std::vector<StudySet> targets{};
};

/// Finds sets. A path is a set that `fill` wrote, a folder in the layout of the published baselines (NAME/images/
/// {k}_NAME.png or .jpg, files with "masked" in their name are ignored), or a folder of such folders; a target may
/// also be a picture file. Where all are sets of `fill`, those of the same picture and mask belong together, whatever
/// their folders are called; otherwise equal names of folders (of files, without the ending) decide. Without target
/// paths the picture that a set of `fill` was made from is its target. Throws Error{Input}.
StudySources find_study_sets(const std::vector<std::vector<std::string>>& methods,
                             const std::vector<std::string>& targets);

} // namespace lacuna::cli
