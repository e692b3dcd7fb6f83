// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/table.h"
#include "engine/core/picture.h"
#include "engine/core/tensor.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna::cli {

/// Candidates for one hole, all of one size.
struct Pool {
    std::filesystem::path folder{};
    std::vector<Candidate> candidates{};
    std::vector<Picture> pictures{}; ///< of the candidates, as they were read
    Mask hole{};                     ///< everything where nothing says what the hole is
    std::optional<Picture> original{};
    std::vector<std::string> problems{}; ///< a sentence for each candidate that was left out

    /// Leaves out the candidates for which `reason` has a sentence.
    void leave_out(const std::vector<std::string>& reason);
};

/// Which candidates, and what of them is compared.
struct PoolArguments {
    std::string folder{};
    std::string mask{}, mask_white = "hole";
    std::string features = "colours", weights{};
    std::string region{}; ///< "x,y,width,height"
};
void add_pool_options(CLI::App&, PoolArguments&);

/// Reads a folder of candidates: a set of Lacuna (set.json), an imported pool (pool.json), <name>/images/ of the
/// published baselines, or just pictures; *masked* is not a candidate, and the order is that of the numbers in the
/// names (restoration.md 5). What cannot be read or has another size than most is left out with a sentence. Throws
/// Error{Input} where there is no candidate at all.
Pool read_pool(const PoolArguments&);

/// pool.json, and its inverse. Throws Error{Input} naming `file`.
std::string pool_json(const std::vector<Candidate>&);
std::vector<Candidate> pool_from_json(const std::string& text, const std::string& file);

/// One row for each candidate, [N,F] float64, of the hole or the asked part of it; those that have features that are
/// not finite are left out of the pool.
Tensor features_of(Pool&, const PoolArguments&);
/// What these features are, for people: "colours and gradients (not LPIPS)".
std::string describe_features(const PoolArguments&);

/// Tells the problems on standard error, as sentences; the exit code that they mean.
int report_problems(const Pool&, TableForm);

} // namespace lacuna::cli
