// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/model_folder.h"

#include <algorithm>
#include <cstdlib>

#include "engine/core/error.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr const char* extension = ".safetensors";

}

fs::path user_model_folder()
{
    const char* data = std::getenv("XDG_DATA_HOME"); // relative values are ignored, as the specification says
    if (data && fs::path(data).is_absolute())
        return fs::path(data) / "lacuna" / "models";
    const char* home = std::getenv("HOME");
    return fs::path(home ? home : "/") / ".local" / "share" / "lacuna" / "models";
}

std::vector<std::string> installed_models()
{
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(user_model_folder(), error))
        if (entry.path().extension() == extension && entry.is_regular_file(error))
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path find_model(const std::string& name)
{
    std::error_code error;
    if (fs::is_regular_file(name, error))
        return name;
    const bool plain = !name.empty() && name.find('/') == std::string::npos && name[0] != '.';
    const fs::path installed = user_model_folder() / (name + extension);
    if (plain && fs::is_regular_file(installed, error))
        return installed;
    throw Error(ErrorKind::Usage, "--model " + printable(name),
                "is neither a file nor a model of this installation",
                "Run 'lacuna-cli models list' to see the models", "Nothing was run.");
}

} // namespace lacuna
