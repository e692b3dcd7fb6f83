// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna {

/// Where the user's models are: $XDG_DATA_HOME/lacuna/models, by default below ~/.local/share.
std::filesystem::path user_model_folder();

/// Names of the user's models: their files without .safetensors, sorted.
std::vector<std::string> installed_models();

/// The file of a model: a path, or the name of an installed one. Throws Error{Usage} when there is neither.
std::filesystem::path find_model(const std::string& name);

} // namespace lacuna
