// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/models/preset.h"

namespace lacuna::ui {

/// Shared with a job in the background: how far it is, and that it shall end.
struct JobState {
    std::atomic<bool> stop{false};
    std::atomic<int> permille{0};
};

/// What a checkpoint file is, as far as it can be told without a tensor.
struct CheckpointReport {
    std::filesystem::path file{};
    std::uint64_t bytes = 0;
    std::string container{}; ///< for people
    std::size_t tensors = 0;
    std::int64_t parameters = 0;
    std::string sha256{};
    /// What its metadata or its hash say it is.
    std::optional<ModelPreset> known{};
    /// The published networks that have exactly its tensors, when nothing says which one it is.
    std::vector<ModelPreset> fitting{};
    std::string problem{}; ///< why it cannot become a model, the end of a sentence; empty: it can

    /// The presets to choose from, the likely one first.
    std::vector<ModelPreset> choices() const;
};

/// Reads structure and hash, not the values, and compares them with the published checkpoints. `wanted`, an id: the
/// preset that stands first among the choices. Throws Error{Input}, also when it was stopped.
CheckpointReport inspectCheckpoint(const std::filesystem::path& file,
                                   const std::vector<ModelPreset>& published, const std::string& wanted,
                                   const std::shared_ptr<JobState>& state);

/// Writes the file as a model of the user under a name that is free, and returns the name. Throws as above.
std::string importCheckpoint(const std::filesystem::path& file, const ModelPreset& preset,
                             const std::string& sha256, const std::shared_ptr<JobState>& state);

/// The name, with a number behind it where the folder has such a model already.
std::string freeModelName(const std::filesystem::path& folder, const std::string& name);

} // namespace lacuna::ui
