// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lacuna {

/// Where a model can be downloaded and how to know that it arrived (reliability.md 2, "model manifest / URL").
struct ModelManifest {
    std::string name{};     ///< for people; nothing that changes how text is shown
    std::string url{};      ///< https, a public host by name
    std::string file{};     ///< a plain file name of [A-Za-z0-9._-], at most 100, not hidden
    std::uint64_t size = 0; ///< bytes, at most 64 GB
    std::string sha256{};   ///< 64 lower-case digits
    std::string format{};   ///< "safetensors" or "pt"; empty if not said
    std::optional<int> image_size{};
    std::optional<double> eta{};
};

/// Reads a manifest of schema 1: one JSON object with these members and no others, none of them twice. Throws
/// Error{Input} naming `file_name` and the member.
ModelManifest parse_model_manifest(const std::string& text, const std::string& file_name);
/// As above from a file of at most 1 MB.
ModelManifest read_model_manifest(const std::filesystem::path&);

} // namespace lacuna
