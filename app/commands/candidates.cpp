// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/candidates.h"

#include <algorithm>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/picture_file.h"
#include "engine/core/strict_json.h"
#include "engine/fill/set_folder.h"

namespace lacuna::cli {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::uint64_t most_json = 64 << 20;
constexpr std::size_t most_candidates = 10000; // all of them are in memory at once

/// The digits of a name as one whole number, whatever its length.
std::pair<std::size_t, std::string> number_in(const std::string& name)
{
    std::string digits;
    for (const char c : name)
        if (c >= '0' && c <= '9' && !(digits.empty() && c == '0'))
            digits += c;
    return {digits.size(), digits};
}

bool is_picture(const fs::path& file)
{
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return extension == ".png" || extension == ".jpg" || extension == ".jpeg" || extension == ".ppm"
           || extension == ".pgm";
}

/// Pictures of a folder that are candidates, in the order of their numbers.
std::vector<Candidate> pictures_in(const fs::path& folder)
{
    std::vector<Candidate> candidates;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const bool described = name == "mask.png" || name == "picture.png" || name == "sheet.png";
        if (is_picture(entry.path()) && !described && name.find("masked") == std::string::npos)
            candidates.push_back({.file = name, .set = folder.string()});
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(number_in(a.file), a.file) < std::pair(number_in(b.file), b.file);
    });
    for (std::size_t i = 0; i < candidates.size(); ++i)
        candidates[i].member = static_cast<int>(i);
    return candidates;
}

/// The folder that holds the pictures: images/ of one picture in the layout of the baselines, or the folder itself.
fs::path picture_folder(const fs::path& folder)
{
    if (fs::is_directory(folder / "images"))
        return folder / "images";
    std::vector<std::string> inside;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (fs::is_directory(entry.path() / "images"))
            inside.push_back(entry.path().filename().string());
    if (inside.empty())
        return folder;
    std::sort(inside.begin(), inside.end());
    if (inside.size() > 1)
        throw Error(ErrorKind::Input, folder.string(),
                    "holds candidates for " + std::to_string(inside.size()) + " pictures",
                    "Give the folder of one of them, such as " + (folder / inside.front()).string());
    return folder / inside.front() / "images";
}

std::vector<Candidate> candidates_of(const StoredSet& set)
{
    Sha256 hash;
    hash.add(to_json(set.recipe));
    const std::string id = hash.hex().substr(0, 16);
    std::vector<Candidate> candidates;
    for (const StoredCompletion& completion : set.completions)
        candidates.push_back({.file = completion.file,
                              .set = id,
                              .seed = set.recipe.seed,
                              .member = completion.member,
                              .guided = set.recipe.eta > 0 || set.recipe.particles > 0});
    return candidates;
}

/// The size that most pictures have, the first of equally frequent ones.
std::pair<int, int> usual_size(const std::vector<Picture>& pictures)
{
    std::map<std::pair<int, int>, int> counts;
    std::pair<int, int> best;
    for (const Picture& p : pictures)
        if (!p.empty())
            ++counts[{p.width, p.height}];
    int most = 0;
    for (const Picture& p : pictures)
        if (const int count = p.empty() ? 0 : counts[{p.width, p.height}]; count > most) {
            most = count;
            best = {p.width, p.height};
        }
    return best;
}

void read_pictures(Pool& pool, const fs::path& folder)
{
    std::vector<std::string> reasons;
    for (const Candidate& candidate : pool.candidates) {
        reasons.emplace_back();
        pool.pictures.emplace_back();
        try {
            pool.pictures.back() = read_picture(folder / candidate.file);
        } catch (const Error& error) {
            reasons.back() = error.subject() + ": " + error.cause() + ".";
        }
    }
    const auto [width, height] = usual_size(pool.pictures);
    for (std::size_t i = 0; i < reasons.size(); ++i)
        if (const Picture& p = pool.pictures[i];
            reasons[i].empty() && (p.width != width || p.height != height))
            reasons[i] = (folder / pool.candidates[i].file).string() + ": has " + std::to_string(p.width)
                         + " x " + std::to_string(p.height) + " pixels where most candidates have "
                         + std::to_string(width) + " x " + std::to_string(height) + ".";
    pool.leave_out(reasons);
}

void read_hole(Pool& pool, const PoolArguments& a)
{
    const int width = pool.pictures.front().width, height = pool.pictures.front().height;
    const fs::path beside = pool.folder / "mask.png";
    if (!a.mask.empty() || (!pool.folder.empty() && fs::exists(beside))) {
        const fs::path file = a.mask.empty() ? beside : fs::path(a.mask);
        pool.hole = read_mask(file, a.mask_white == "known");
        if (pool.hole.width == width && pool.hole.height == height)
            return;
        if (!a.mask.empty())
            throw Error(ErrorKind::Input, a.mask, "has another size than the candidates",
                        "Use a mask of " + std::to_string(width) + " x " + std::to_string(height)
                            + " pixels");
    }
    pool.hole = Mask(width, height); // a task without a hole, or nothing is known: all of it
    std::fill(pool.hole.values.begin(), pool.hole.values.end(), std::uint8_t(255));
}

/// Fills in the candidates; the folder that their pictures are in.
fs::path list_candidates(Pool& pool, const std::vector<std::string>& paths)
{
    if (paths.size() > 1 || fs::is_regular_file(paths.front())) {
        for (const std::string& file : paths)
            pool.candidates.push_back({.file = file,
                                       .set = fs::path(file).parent_path().string(),
                                       .member = int(pool.candidates.size())});
        return {};
    }
    pool.folder = paths.front();
    if (!fs::is_directory(pool.folder))
        throw Error(ErrorKind::Input, pool.folder.string(), "is not a folder", "Give a folder of candidates");
    if (const fs::path file = pool.folder / "pool.json"; fs::exists(file)) {
        const auto bytes = read_file(file, most_json);
        pool.candidates = pool_from_json(std::string(bytes.begin(), bytes.end()), file.string());
        return pool.folder;
    }
    if (const SetFolder set{pool.folder}; fs::exists(set.description())) {
        const StoredSet stored = read_set(set);
        pool.candidates = candidates_of(stored);
        pool.model = stored.recipe.model;
        return pool.folder;
    }
    const fs::path pictures = picture_folder(pool.folder);
    pool.candidates = pictures_in(pictures);
    return pictures;
}

} // namespace

std::string Pool::name() const
{
    return folder.empty() ? "The list of pictures" : folder.string();
}

void Pool::leave_out(const std::vector<std::string>& reason)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < reason.size(); ++i) {
        if (!reason[i].empty()) {
            problems.push_back(reason[i] + " It was left out.");
            continue;
        }
        candidates[kept] = candidates[i];
        pictures[kept++] = pictures[i];
    }
    candidates.resize(kept);
    pictures.resize(kept);
}

void add_pool_options(CLI::App& command, PoolArguments& a)
{
    command
        .add_option("candidates", a.paths,
                    "A folder: a set, an imported pool, the baselines' layout or pictures; or picture files")
        ->required();
    command.add_option("--mask", a.mask, "The hole, if the folder has no mask.png");
    command.add_option("--mask-white", a.mask_white, "What white means in the mask")
        ->check(CLI::IsMember({"hole", "known"}))
        ->capture_default_str();
}

Pool read_pool(const PoolArguments& a)
{
    Pool pool;
    fs::path pictures;
    try {
        pictures = list_candidates(pool, a.paths);
    } catch (const fs::filesystem_error& error) {
        throw Error(ErrorKind::Input, pool.name(), "cannot be listed: " + error.code().message(),
                    "Give a folder that you may read");
    }
    if (pool.candidates.size() > most_candidates)
        throw Error(ErrorKind::Input, pool.name(),
                    "has " + std::to_string(pool.candidates.size()) + " candidates",
                    "Give at most " + std::to_string(most_candidates));
    if (pool.candidates.empty())
        throw Error(ErrorKind::Input, pool.name(), "has no candidates",
                    "Give a folder with PNG, JPEG or PNM pictures");
    read_pictures(pool, pictures);
    if (pool.candidates.empty())
        throw Error(ErrorKind::Input, pool.name(),
                    "has no candidate that can be read: " + pool.problems.front(),
                    "Give a folder with PNG, JPEG or PNM pictures");
    read_hole(pool, a);
    if (const fs::path original = pool.folder / "picture.png"; !pool.folder.empty() && fs::exists(original)) {
        pool.original = read_picture(original);
        if (pool.original->width != pool.hole.width || pool.original->height != pool.hole.height)
            pool.original.reset(); // the measurement of a task without a hole
    }
    return pool;
}

std::string pool_json(const std::vector<Candidate>& candidates)
{
    Json list = Json::array();
    for (const Candidate& c : candidates)
        list.push_back({{"file", c.file},
                        {"set", c.set},
                        {"seed", c.seed ? Json(*c.seed) : Json()},
                        {"member", c.member},
                        {"guided", c.guided}});
    return Json{{"schema", 1}, {"candidates", std::move(list)}}.dump(2, ' ', false,
                                                                     Json::error_handler_t::replace)
           + "\n";
}

std::vector<Candidate> pool_from_json(const std::string& text, const std::string& file)
{
    const Error damaged(ErrorKind::Input, file, "is not a pool that Lacuna wrote",
                        "Use a folder made by 'lacuna-cli import'");
    const auto [json, twice, too_deep] = parse_strict_json(text);
    if (too_deep || !twice.empty() || !json.is_object() || json.size() != 2
        || json.value("schema", Json()) != 1 || !json.contains("candidates")
        || !json["candidates"].is_array())
        throw damaged;
    std::vector<Candidate> candidates;
    for (const Json& entry : json["candidates"]) {
        Candidate c;
        try {
            entry.at("file").get_to(c.file);
            entry.at("set").get_to(c.set);
            if (const Json& seed = entry.at("seed"); seed.is_number_unsigned())
                c.seed = seed.get<std::uint64_t>();
            else if (!seed.is_null())
                throw damaged;
            entry.at("member").get_to(c.member);
            entry.at("guided").get_to(c.guided);
        } catch (const Json::exception&) {
            throw damaged;
        }
        if (entry.size() != 5 || fs::path(c.file).filename() != c.file)
            throw damaged;
        candidates.push_back(std::move(c));
    }
    return candidates;
}

int report_problems(const Pool& pool, TableForm form)
{
    if (form != TableForm::Json) // there they are a member
        for (const std::string& problem : pool.problems)
            std::cerr << "lacuna-cli: " << printable(problem) << "\n";
    return pool.problems.empty() ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

} // namespace lacuna::cli
