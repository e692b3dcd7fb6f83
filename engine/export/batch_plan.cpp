// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/batch_plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/core/error.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_files = 10000;
constexpr std::array endings{".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".ppm", ".pgm", ".pnm"};
constexpr std::array mask_endings{".mask", "_mask", "-mask"};

bool is_picture(const fs::path& file)
{
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::vector<fs::path> pictures_of(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (is_picture(entry->path()) && entry->is_regular_file(ignored))
            files.push_back(entry->path());
        if (files.size() > most_files)
            throw Error(ErrorKind::Input, folder.string(), "holds more than 10,000 pictures",
                        "Fill them in several folders");
    }
    if (error)
        throw Error(ErrorKind::Input, folder.string(), "cannot be read: " + error.message(),
                    "Choose another folder");
    std::sort(files.begin(), files.end());
    return files;
}

/// The name of the picture that a file is the mask of, by its own name; empty: it says no such thing.
std::string masked_name(const fs::path& file)
{
    const std::string name = file.stem().string();
    for (const std::string ending : mask_endings)
        if (name.size() > ending.size() && name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return {};
}

std::map<std::string, fs::path> masks_by_name(const fs::path& folder, bool with_pictures)
{
    std::map<std::string, fs::path> masks;
    for (const fs::path& file : pictures_of(folder))
        if (const std::string name = masked_name(file); !name.empty())
            masks.emplace(name, file);
        else if (!with_pictures)
            masks.emplace(file.stem().string(), file);
    return masks;
}

} // namespace

BatchPlan plan_batch(const fs::path& pictures, const fs::path& masks)
{
    std::error_code error;
    const bool many = fs::is_directory(masks, error);
    const bool together = many && fs::equivalent(pictures, masks, error);
    const auto by_name = many ? masks_by_name(masks, together) : std::map<std::string, fs::path>();
    BatchPlan plan;
    std::set<std::string> names;
    for (const fs::path& file : pictures_of(pictures)) {
        if (together ? !masked_name(file).empty() : !many && fs::equivalent(file, masks, error))
            continue;
        const std::string stem = file.stem().string();
        const auto found = by_name.find(stem);
        if (many && found == by_name.end()) {
            plan.without.push_back(printable(file.filename().string()));
            continue;
        }
        const std::string name = names.insert(stem).second ? stem : file.filename().string();
        names.insert(name);
        plan.items.push_back({file, many ? found->second : masks, name});
    }
    return plan;
}

} // namespace lacuna
