// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/study_sets.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "engine/core/error.h"
#include "engine/fill/set_folder.h"

namespace lacuna::cli {

namespace fs = std::filesystem;

namespace {

/// A set and, where `fill` wrote it, the identity of what it fills.
struct FoundSet {
    StudySet set{};
    std::string picture_sha256{}, mask_sha256{};
    fs::path original{};
};

[[noreturn]] void refuse(const fs::path& path, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Input, path.string(), cause, action, "No study was written.");
}

/// The last name of a path, also of "." and of one that ends with a slash.
std::string last_name(const fs::path& path)
{
    std::error_code ignored;
    const fs::path whole = fs::weakly_canonical(path, ignored);
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

std::vector<fs::path> entries_of(const fs::path& folder)
{
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error))
        entries.push_back(i->path());
    if (error)
        refuse(folder, "cannot be read: " + error.message(), "Check the folder");
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool is_filled_set(const fs::path& path)
{
    return fs::exists(SetFolder{path}.description());
}

bool is_baseline_set(const fs::path& path)
{
    return fs::is_directory(path / "images");
}

FoundSet filled_set(const fs::path& path)
{
    const SetFolder folder{path};
    const StoredSet stored = read_set(folder);
    FoundSet found{.picture_sha256 = stored.recipe.picture_sha256,
                   .mask_sha256 = stored.recipe.mask_sha256,
                   .original = folder.picture()};
    found.set.title = last_name(path);
    for (const StoredCompletion& completion : stored.completions) {
        if (!completion.finished)
            refuse(path, "holds a set that was stopped before its end", "Make the set again");
        found.set.files.push_back(path / completion.file);
    }
    return found;
}

bool is_picture_file(const fs::path& file)
{
    const std::string ending = file.extension().string();
    return (ending == ".png" || ending == ".jpg") && file.stem().string().find("masked") == std::string::npos;
}

/// The number before _NAME in {number}_NAME.png or .jpg; negative for other files.
long place_in_set(const fs::path& file, const std::string& name)
{
    const std::string stem = file.stem().string();
    long number = -1;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    const bool fits = error == std::errc() && std::string(end, stem.data() + stem.size()) == "_" + name;
    return fits && is_picture_file(file) ? number : -1;
}

FoundSet baseline_set(const fs::path& path)
{
    const std::string name = last_name(path);
    std::vector<std::pair<long, fs::path>> files;
    for (const fs::path& file : entries_of(path / "images"))
        if (const long place = place_in_set(file, name); place >= 0)
            files.emplace_back(place, file);
    if (files.empty())
        refuse(path / "images", "has no picture like 0_" + name + ".png",
               "Name the pictures by their number and their folder");
    std::sort(files.begin(), files.end());
    FoundSet found;
    found.set.title = name;
    for (const auto& [place, file] : files)
        found.set.files.push_back(file);
    return found;
}

bool add_set(std::vector<FoundSet>& sets, const fs::path& path)
{
    if (is_filled_set(path))
        sets.push_back(filled_set(path));
    else if (is_baseline_set(path))
        sets.push_back(baseline_set(path));
    else
        return false;
    return true;
}

std::vector<FoundSet> find_sets(const std::vector<std::string>& paths, bool files_too)
{
    std::vector<FoundSet> sets;
    const auto add_file = [&](const fs::path& path) {
        FoundSet found;
        found.set.title = path.stem().string();
        found.set.files = {path};
        sets.push_back(std::move(found));
    };
    for (const fs::path path : paths) {
        if (files_too && fs::is_regular_file(path)) {
            add_file(path);
            continue;
        }
        if (!fs::is_directory(path))
            refuse(path, "is not a folder", "Name folders with sets");
        const std::size_t before = sets.size();
        if (add_set(sets, path))
            continue;
        for (const fs::path& entry : entries_of(path))
            if (fs::is_directory(entry))
                add_set(sets, entry);
            else if (files_too && is_picture_file(entry))
                add_file(entry);
        if (sets.size() == before)
            refuse(path, "holds no set",
                   "Use folders written by 'lacuna-cli fill', or NAME/images/0_NAME.png and so on");
    }
    return sets;
}

bool all_filled(const std::vector<FoundSet>& sets)
{
    return std::none_of(sets.begin(), sets.end(), [](const auto& one) { return one.picture_sha256.empty(); });
}

std::vector<StudySet> named(const std::vector<FoundSet>& found, bool by_content)
{
    std::vector<StudySet> sets;
    for (const FoundSet& one : found) {
        StudySet set = one.set;
        set.photo = by_content ? one.picture_sha256 : set.title;
        set.picture = by_content ? one.picture_sha256 + "-" + one.mask_sha256 : set.title;
        sets.push_back(std::move(set));
    }
    return sets;
}

} // namespace

StudySources find_study_sets(const std::vector<std::vector<std::string>>& methods,
                             const std::vector<std::string>& targets)
{
    std::vector<std::vector<FoundSet>> found;
    for (const std::vector<std::string>& paths : methods)
        found.push_back(find_sets(paths, /*files_too=*/false));
    const std::vector<FoundSet> asked = find_sets(targets, /*files_too=*/true);
    const bool by_content = all_filled(asked) && std::all_of(found.begin(), found.end(), all_filled);

    StudySources sources;
    for (const std::vector<FoundSet>& sets : found)
        sources.methods.push_back(named(sets, by_content));
    sources.targets = named(asked, by_content);
    if (targets.empty() && all_filled(found.front()))
        for (std::size_t i = 0; i < found.front().size(); ++i) {
            sources.targets.push_back(sources.methods.front()[i]);
            sources.targets.back().files = {found.front()[i].original};
        }
    return sources;
}

} // namespace lacuna::cli
