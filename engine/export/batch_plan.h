// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna {

struct BatchItem {
    std::filesystem::path picture{}, mask{};
    std::string name{}; ///< of what is written, without ending; every one is different
};

struct BatchPlan {
    std::vector<BatchItem> items{};     ///< in the order of their names
    std::vector<std::string> without{}; ///< names of pictures that have no mask
};

/// The pictures of a folder and the mask of each. `masks` is one mask for all, or a folder, which may be the same one:
/// there the mask of `a.jpg` is `a`, `a.mask`, `a_mask` or `a-mask` with any ending of a picture. Folders inside are
/// not looked at. Throws Error{Input} for folders that cannot be read or hold more than 10,000 files.
BatchPlan plan_batch(const std::filesystem::path& pictures, const std::filesystem::path& masks);

} // namespace lacuna
