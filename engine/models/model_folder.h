// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna {

/// Where the user's models are: $XDG_DATA_HOME/lacuna/models, by default below ~/.local/share.
std::filesystem::path user_model_folder();

/// Where the models are that come with Lacuna: $LACUNA_MODELS, or beside the programs (../share/lacuna/models from the
/// folder of the executable), where an installation puts them and a build links to resources/models.
std::filesystem::path bundled_model_folder();

/// A folder of other files that come with Lacuna, such as "metrics", found in the same way: $LACUNA_METRICS, or beside
/// the programs.
std::filesystem::path bundled_folder(const std::string& kind);

/// Names of the models of a folder: the files without .safetensors, sorted.
std::vector<std::string> installed_models();
std::vector<std::string> bundled_models();

/// The file of a model: a path, or the name of one of the user's or, where there is none, of Lacuna's. Throws
/// Error{Usage} when there is neither.
std::filesystem::path find_model(const std::string& name);

/// The card of a model, a text in Markdown beside its file; empty where there is none.
std::filesystem::path card_of(const std::filesystem::path& model);

} // namespace lacuna
