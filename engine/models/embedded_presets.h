// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lacuna {

/// File name and text of every file in resources/presets; the source is written by packaging/cmake/EmbedPresets.cmake.
std::vector<std::pair<std::string, std::string>> embedded_presets();

} // namespace lacuna
