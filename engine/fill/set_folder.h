// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/picture_file.h"
#include "engine/session/messages.h"

namespace lacuna {

/// A set as files: completion-01.png ..., sheet.png, set.json (recipe and figures), and the input (picture.png,
/// mask.png, condition-01.png ...), so that the folder alone is enough to run the recipe again. The files of equal sets are equal.
struct SetFolder {
    std::filesystem::path path;

    std::filesystem::path picture() const { return path / "picture.png"; }
    std::filesystem::path mask() const { return path / "mask.png"; }
    std::filesystem::path condition(std::size_t index) const; ///< condition-01.png ...
    std::filesystem::path description() const { return path / "set.json"; }
    std::filesystem::path sheet() const { return path / "sheet.png"; }

    /// Creates the folder. Throws Error{Output} if it cannot be written or holds a set already and not `force`.
    void prepare(bool force) const;
    void write(const FillRequest&, const CompletionSet&) const;
};

struct StoredCompletion {
    std::string file{}; ///< name in the folder
    int member = 0;
    bool finished = true;
    double nearest_gray = 0, seam = 0; ///< as in Completion
};

struct StoredSet {
    Recipe recipe{};
    std::vector<StoredCompletion> completions{};
    double mean_distance_gray = 0;
    std::optional<double> feature_distance{}; ///< as in CompletionSet
};

/// Reads set.json. Throws Error{Input}.
StoredSet read_set(const SetFolder&);

/// set.json without its indentation, with the seconds it took: what --json prints.
std::string summary_json(const SetFolder&, const CompletionSet&);

/// The text chunks of one completion's PNG.
TextChunks completion_texts(const Picture&, const CompletionSet&, std::size_t index);

} // namespace lacuna
