// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/table.h"
#include "engine/core/picture.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna::cli {

/// Candidates for one hole, all of one size.
struct Pool {
    std::filesystem::path folder{}; ///< empty for pictures that were named one by one
    std::string model{};            ///< that made them, where a set of Lacuna says it
    std::vector<Candidate> candidates{};
    std::vector<Picture> pictures{}; ///< of the candidates, as they were read
    Mask hole{};                     ///< everything where nothing says what the hole is
    std::optional<Picture> original{};
    std::vector<std::string> problems{}; ///< a sentence for each candidate that was left out

    std::string name() const; ///< for sentences
    /// Leaves out the candidates for which `reason` has a sentence.
    void leave_out(const std::vector<std::string>& reason);
};

/// By what pictures are compared; see feature_choice.h.
struct FeatureArguments {
    std::string name = "colours"; ///< one of feature_names(), "network:MODEL" or "attributes:WORLD"
    std::string weights{};        ///< a file, or a folder with the published files
    std::string region{};         ///< "x,y,width,height"
    int components = 25;          ///< 0: all features
};

/// Which candidates, and what of them is compared.
struct PoolArguments {
    std::vector<std::string> paths{}; ///< a folder, or pictures
    std::string mask{}, mask_white = "hole";
    FeatureArguments features{};
};
/// Candidates and their hole.
void add_pool_options(CLI::App&, PoolArguments&);

/// Reads candidates: a set of Lacuna (set.json), an imported pool (pool.json), <name>/images/ of the published
/// baselines, a folder of pictures, or pictures in the order they are named; *masked* is not a candidate, and the order is that of the numbers in the
/// names (restoration.md 5). What cannot be read or has another size than most is left out with a sentence. Throws
/// Error{Input} where there is no candidate at all.
Pool read_pool(const PoolArguments&);

/// pool.json, and its inverse. Throws Error{Input} naming `file`.
std::string pool_json(const std::vector<Candidate>&);
std::vector<Candidate> pool_from_json(const std::string& text, const std::string& file);

/// Tells the problems on standard error, as sentences; the exit code that they mean.
int report_problems(const Pool&, TableForm);

} // namespace lacuna::cli
