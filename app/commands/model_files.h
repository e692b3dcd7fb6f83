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
    std::optional<std::string> licence{}, architecture{}; ///< notes for the metadata
};

/// Writes the tensors of a checkpoint as safetensors, with where they come from in the metadata, and prints one
/// line. Refuses NaN, infinity and values that are too large for F16. Throws Error.
int convert_model(const Conversion&, bool json);

/// Prints what a checkpoint holds without reading its values. Throws Error.
int inspect_model(const std::filesystem::path&, bool with_tensors, bool json);

} // namespace lacuna::cli
