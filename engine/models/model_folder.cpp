// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/model_folder.h"

#include <algorithm>
#include <cstdlib>

#include "engine/core/error.h"
#include "engine/models/preset.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr const char* extension = ".safetensors";

std::vector<std::string> models_of(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == extension && entry.is_regular_file(error))
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

fs::path user_model_folder()
{
    const char* data = std::getenv("XDG_DATA_HOME"); // relative values are ignored, as the specification says
    if (data && fs::path(data).is_absolute())
        return fs::path(data) / "lacuna" / "models";
    const char* home = std::getenv("HOME");
    return fs::path(home ? home : "/") / ".local" / "share" / "lacuna" / "models";
}

fs::path bundled_folder(const std::string& kind)
{
    std::string variable = "LACUNA_" + kind;
    std::transform(variable.begin(), variable.end(), variable.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (const char* folder = std::getenv(variable.c_str()); folder && *folder)
        return folder;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return (program.parent_path() / LACUNA_DATA_FROM_BIN / kind).lexically_normal();
}

fs::path bundled_model_folder()
{
    return bundled_folder("models");
}

std::vector<std::string> installed_models()
{
    return models_of(user_model_folder());
}

std::vector<std::string> bundled_models()
{
    return models_of(bundled_model_folder());
}

fs::path find_model(const std::string& name)
{
    std::error_code error;
    if (fs::is_regular_file(name, error))
        return name;
    const bool plain = !name.empty() && name.find('/') == std::string::npos && name[0] != '.';
    for (const fs::path& folder : {user_model_folder(), bundled_model_folder()}) {
        const fs::path file = folder / (name + extension);
        if (plain && fs::is_regular_file(file, error))
            return file;
    }
    for (const ModelPreset& preset : known_presets())
        if (preset.id == name)
            throw Error(ErrorKind::Usage, "--model " + name, "is published, but not on this computer",
                        "Get " + preset.file + " from "
                            + (preset.download.empty() ? preset.page : preset.download)
                            + " and run 'lacuna-cli models convert " + preset.file + " "
                            + (user_model_folder() / (name + extension)).string() + " --preset " + name + "'",
                        "Nothing was run.");
    throw Error(ErrorKind::Usage, "--model " + printable(name),
                "is neither a file nor a model of this installation",
                "Run 'lacuna-cli models list' to see the models", "Nothing was run.");
}

fs::path card_of(const fs::path& model)
{
    std::error_code error;
    const fs::path card = fs::path(model).replace_extension(".md");
    return fs::is_regular_file(card, error) ? card : fs::path();
}

} // namespace lacuna
