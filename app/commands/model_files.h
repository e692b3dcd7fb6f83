// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lacuna::cli {

/// What `models convert` was asked to do.
struct Conversion {
    std::filesystem::path input{}, output{};
    bool half = false;                                    ///< F32 and F64 become F16
    bool force = false;                                   ///< replace an output that exists
    std::string preset{};                                 ///< id or file; empty: what the input says itself
    std::optional<std::string> licence{}, architecture{}; ///< notes for the metadata
};

/// Writes the tensors of a checkpoint as safetensors, with where they come from and what network they are for in the
/// metadata, and prints one line. Refuses tensors that are not exactly those of the preset's network, NaN, infinity and values that are too large for F16. Throws Error.
int convert_model(const Conversion&, bool json);

/// Prints what a checkpoint holds and which networks have such parameters, without reading values. Throws Error.
int inspect_model(const std::filesystem::path&, bool with_tensors, bool json);

/// Prints the known presets, or all of one as JSON, for one's own to start from. Throws Error{Usage}.
int list_presets(const std::string& id, bool json);

} // namespace lacuna::cli
