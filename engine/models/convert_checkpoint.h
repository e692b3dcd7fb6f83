// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/checkpoint/checkpoint.h"
#include "engine/models/preset.h"

namespace lacuna {

/// How a checkpoint becomes a model file.
struct CheckpointConversion {
    std::filesystem::path output{};
    std::optional<ModelPreset> preset{}; ///< the network that the weights are for, stored in the metadata
    std::string sha256{};                ///< of the input; empty: it is computed
    bool half = false;                   ///< F32 and F64 become F16
    std::optional<std::string> licence{}, architecture{}; ///< notes for the metadata
};

struct ConvertedCheckpoint {
    std::size_t tensors = 0;
    std::uint64_t bytes = 0;
};

/// Name and shape of every tensor.
ParameterShapes shapes_of(const Checkpoint&);

/// The preset in the metadata of the file, else the published one with this SHA-256; none: somebody must say.
std::optional<ModelPreset> preset_of(const Checkpoint&, const std::string& sha256);

/// Throws Error{Input} unless the tensors are exactly those of the preset's network.
void require_fit(const Checkpoint&, const ModelPreset&);

/// Writes the tensors as a safetensors file, with where they come from and what network they are for in the metadata.
/// Refuses tensors that do not fit the preset, NaN, infinity and values that are too large for F16; what was at the
/// output stays then. `report` gets the share that is done; what it throws ends the conversion. Throws Error.
ConvertedCheckpoint convert_checkpoint(const Checkpoint&, const CheckpointConversion&,
                                       const std::function<void(double)>& report = {});

/// Bytes that evaluating the network for a set takes: its parameters in single precision, and for each member the
/// values that are needed at the same time.
std::uint64_t evaluation_memory(const NetworkConfig&, int members);

} // namespace lacuna
