// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/set_folder.h"

#include <cmath>
#include <system_error>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/export/contact_sheet.h"

namespace lacuna {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t most_members = 64;

std::string numbered_file(const std::string& kind, std::size_t index)
{
    const std::string number = std::to_string(index + 1);
    return kind + "-" + std::string(number.size() < 2 ? "0" : "") + number + ".png";
}

std::string completion_file(std::size_t index)
{
    return numbered_file("completion", index);
}

double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

/// JSON has no infinity: equal pictures have no error, and so no figure.
Json decibels(double value)
{
    return std::isfinite(value) ? Json(rounded(value)) : Json("exact");
}

Json describe(const CompletionSet& set)
{
    Json completions = Json::array();
    for (std::size_t i = 0; i < set.completions.size(); ++i) {
        const Completion& c = set.completions[i];
        Json entry = {{"member", c.member}, {"finished", c.finished}};
        if (c.problem.empty())
            entry.update({{"file", completion_file(i)}, {"nearest_gray", rounded(c.nearest_gray)}});
        else
            entry["problem"] = c.problem;
        if (c.problem.empty() && set.base.empty())
            entry["seam"] = rounded(c.seam);
        if (c.consistency_db)
            entry["consistency_db"] = decibels(*c.consistency_db);
        if (c.psnr_db)
            entry["psnr_db"] = decibels(*c.psnr_db);
        completions.push_back(std::move(entry));
    }
    Json json = {{"schema", 2},
                 {"recipe", Json::parse(to_json(set.recipe))},
                 {"stopped", set.stopped},
                 {"mean_distance_gray", rounded(set.mean_distance_gray)}};
    if (set.feature_distance)
        json["feature_distance"] = *set.feature_distance;
    json["completions"] = std::move(completions);
    return json;
}

} // namespace

fs::path SetFolder::condition(std::size_t index) const
{
    return path / numbered_file("condition", index);
}

void SetFolder::prepare(bool force) const
{
    std::error_code error;
    fs::create_directories(path, error);
    if (error || !fs::is_directory(path))
        throw Error(ErrorKind::Output, path.string(), "cannot be made a folder: " + error.message(),
                    "Choose another --out folder");
    if (fs::exists(description()) && !force)
        throw Error(ErrorKind::Output, path.string(), "holds a set already",
                    "Choose another --out folder, or replace the set with --force");
    // A file that is written and removed tells now, not after the run, whether results can be kept.
    const fs::path probe = path / ".lacuna-probe";
    write_file(probe, std::string("probe"));
    fs::remove(probe, error);
}

void SetFolder::write(const FillRequest& request, const CompletionSet& set) const
{
    const Picture& onto = canvas(request, set);
    const Mask hole = canvas_hole(request, set);
    std::error_code ignored;
    fs::remove(description(), ignored); // a folder without it is not a set, whatever happens below
    for (std::size_t i = 0; i < most_members; ++i)
        fs::remove(path / completion_file(i), ignored); // a smaller set leaves nothing of a larger one
    for (std::size_t i = 0; i < set.completions.size(); ++i)
        if (!set.completions[i].patches.empty())
            write_file(path / completion_file(i),
                       encode_png(composite(onto, hole, set.completions[i], set.recipe.soft_edge),
                                  completion_texts(onto, set, i)));
    write_file(picture(), encode_png(request.picture));
    write_file(mask(), encode_png(request.mask));
    for (std::size_t i = 0; i < request.condition.size(); ++i)
        write_file(condition(i), encode_png(request.condition[i]));
    write_file(sheet(), encode_png(contact_sheet(onto, hole, set)));
    write_file(description(), describe(set).dump(2) + "\n");
}

StoredSet read_set(const SetFolder& folder)
{
    const std::string name = folder.description().string();
    const auto bytes = read_file(folder.description(), 16 << 20);
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    const auto damaged = Error(ErrorKind::Input, name, "is not a set that Lacuna wrote",
                               "Use a folder made by 'lacuna-cli fill'");
    if (!json.is_object() || !json.contains("recipe") || !json.contains("completions")
        || !json["completions"].is_array())
        throw damaged;
    StoredSet set{.recipe = recipe_from_json(json["recipe"].dump(), name)};
    set.mean_distance_gray =
        json["mean_distance_gray"].is_number() ? json["mean_distance_gray"].get<double>() : 0;
    if (json.contains("feature_distance") && json["feature_distance"].is_number())
        set.feature_distance = json["feature_distance"].get<double>();
    for (const Json& entry : json["completions"]) {
        if (!entry.is_object() || !entry.contains("file"))
            continue; // a member that failed
        StoredCompletion completion;
        try {
            completion = {entry.at("file").get<std::string>(), entry.at("member").get<int>(),
                          entry.at("finished").get<bool>(), entry.value("nearest_gray", 0.0),
                          entry.value("seam", 0.0)};
        } catch (const Json::exception&) {
            throw damaged;
        }
        if (fs::path(completion.file).filename() != completion.file)
            throw damaged; // a file of another folder
        set.completions.push_back(std::move(completion));
    }
    return set;
}

std::string summary_json(const SetFolder& folder, const CompletionSet& set)
{
    Json json = describe(set);
    json["folder"] = folder.path.string();
    json["seconds"] = rounded(set.seconds);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TextChunks completion_texts(const Picture& picture, const CompletionSet& set, std::size_t index)
{
    const Recipe& r = set.recipe;
    const Json eta = r.eta;
    const Json bound = std::isinf(r.bound.value) ? Json("none") : Json(r.bound.value);
    std::string parameters =
        "\nSteps: " + (r.steps > 0 ? std::to_string(r.steps) : std::string("auto"))
        + (r.method == "project" ? ", Sampler: " + r.sampler + ", Schedule: " + r.schedule
                                 : ", Method: " + r.method)
        + ", Seed: " + std::to_string(r.seed) + ", Size: " + std::to_string(picture.width) + "x"
        + std::to_string(picture.height) + ", Model: " + r.model
        + ", Model hash: " + r.model_sha256.substr(0, 10) + ", Guidance eta: " + eta.dump()
        + ", Guidance D: " + (bound.is_string() ? "none" : bound.dump())
        + ", D convention: " + name(r.bound.convention) + ", Set size: " + std::to_string(r.count)
        + ", Set index: " + std::to_string(index + 1) + ", Mask sha256: " + r.mask_sha256;
    Json recipe = Json::parse(to_json(r));
    recipe["set_index"] = index + 1;
    recipe["member"] = set.completions[index].member;
    return {{"parameters", std::move(parameters)},
            {"lacuna", recipe.dump()},
            {"Software", std::string("Lacuna ") + LACUNA_VERSION},
            {"Source", "Completed by the model " + r.model}};
}

} // namespace lacuna
