// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/core/picture_file.h"

namespace lacuna {

/// What another program for image generation wrote into a PNG file about how it made the picture.
struct ForeignSettings {
    std::string program{}; ///< for people; empty: the file says nothing of the kind
    std::vector<std::pair<std::string, std::string>>
        values{}; ///< key and value, safe to be shown; at most 40
};

/// Looks for the texts of AUTOMATIC1111's web interface (and what writes like it), ComfyUI and InvokeAI. Never throws:
/// what cannot be understood is left out.
ForeignSettings find_foreign_settings(const TextChunks&);

/// The last line of a `parameters` text as keys and values: "Key: value, Key: "quoted, value""; none unless there are
/// at least three.
std::vector<std::pair<std::string, std::string>> parse_parameters(const std::string& text);

} // namespace lacuna
