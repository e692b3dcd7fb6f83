// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/set_json.h"

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"

namespace lacuna {

namespace {

constexpr const char* mark_names[] = {"none", "star", "reject"};
constexpr std::size_t most_patches = 10000, most_windows = 10000;

/// JSON has no infinity: equal pictures have no error, and so no figure.
Json decibels(double value)
{
    return std::isfinite(value) ? Json(value) : Json("exact");
}

Json figure(double value)
{
    return std::isfinite(value) ? value : 0;
}

std::optional<double> read_decibels(const JsonFields& fields, const char* key)
{
    if (!fields.has(key))
        return {};
    if (fields.member(key) == "exact")
        return std::numeric_limits<double>::infinity();
    return fields.number(key);
}

Area read_area(const JsonFields& fields)
{
    return {fields.integer("x", 0, max_side), fields.integer("y", 0, max_side),
            fields.integer("width", 1, max_side), fields.integer("height", 1, max_side)};
}

Json describe(const Area& area)
{
    return {{"x", area.x}, {"y", area.y}, {"width", area.width}, {"height", area.height}};
}

} // namespace

JsonFields::JsonFields(const Json& json, std::string file) : json_(json), file_(std::move(file))
{
    if (!json.is_object())
        throw damaged("has a part that is not an object");
}

Error JsonFields::damaged(const std::string& cause) const
{
    return Error(ErrorKind::Input, file_, cause, "Use another copy of it");
}

const Json& JsonFields::member(const char* key) const
{
    const auto found = json_.find(key);
    if (found == json_.end())
        throw damaged(std::string("has no '") + key + "'");
    return *found;
}

const Json& JsonFields::list(const char* key) const
{
    const Json& json = member(key);
    if (!json.is_array())
        throw damaged(std::string("has a wrong value for '") + key + "'");
    return json;
}

std::string JsonFields::text(const char* key) const
{
    const Json& json = member(key);
    if (!json.is_string())
        throw damaged(std::string("has a wrong value for '") + key + "'");
    return json.get<std::string>();
}

bool JsonFields::flag(const char* key) const
{
    const Json& json = member(key);
    if (!json.is_boolean())
        throw damaged(std::string("has a wrong value for '") + key + "'");
    return json.get<bool>();
}

double JsonFields::number(const char* key) const
{
    const Json& json = member(key);
    const double value = json.is_number() ? json.get<double>() : std::nan("");
    if (!std::isfinite(value))
        throw damaged(std::string("has a wrong value for '") + key + "'");
    return value;
}

int JsonFields::integer(const char* key, int low, int high) const
{
    const Json& json = member(key);
    const double value = json.is_number_integer() ? json.get<double>() : std::nan("");
    if (!(value >= low && value <= high))
        throw damaged(std::string("has a wrong value for '") + key + "'");
    return static_cast<int>(value);
}

Json parse_object(const std::string& text, const std::string& file)
{
    constexpr std::size_t longest = std::size_t(16) << 20;
    const auto refuse = [&](const std::string& cause) {
        throw Error(ErrorKind::Input, file, cause, "Use another copy of it");
    };
    if (text.size() > longest)
        refuse("has a description of more than 16 MB");
    StrictJson parsed = parse_strict_json(text);
    if (!parsed.twice.empty())
        refuse("has '" + printable(parsed.twice) + "' twice");
    if (parsed.too_deep || !parsed.value.is_object())
        refuse("has a damaged description");
    return std::move(parsed.value);
}

Json describe(const Completion& completion, const KeepPixels& keep)
{
    Json json = {{"member", completion.member},
                 {"finished", completion.finished},
                 {"nearest_gray", figure(completion.nearest_gray)},
                 {"seam", figure(completion.seam)}};
    if (!completion.problem.empty())
        json["problem"] = completion.problem;
    if (completion.consistency_db)
        json["consistency_db"] = decibels(*completion.consistency_db);
    if (completion.psnr_db)
        json["psnr_db"] = decibels(*completion.psnr_db);
    json["patches"] = Json::array();
    for (std::size_t i = 0; i < completion.patches.size(); ++i) {
        const Patch& patch = completion.patches[i];
        Json entry = describe(Area{patch.x, patch.y, patch.pixels.width, patch.pixels.height});
        if (patch.raw)
            entry["raw"] = true;
        entry["pixels"] = keep(i, patch.pixels);
        json["patches"].push_back(std::move(entry));
    }
    return json;
}

Completion read_completion(const JsonFields& fields, const Picture& canvas, const FetchPixels& fetch)
{
    Completion completion;
    completion.member = fields.integer("member", 0, 1 << 20);
    completion.finished = fields.flag("finished");
    completion.nearest_gray = fields.number("nearest_gray");
    completion.seam = fields.number("seam");
    completion.problem = fields.has("problem") ? fields.text("problem") : std::string();
    completion.consistency_db = read_decibels(fields, "consistency_db");
    completion.psnr_db = read_decibels(fields, "psnr_db");
    const Json& patches = fields.list("patches");
    if (patches.size() > most_patches)
        throw fields.damaged("has a completion of more than 10,000 patches");
    for (const Json& entry : patches) {
        const JsonFields patch(entry, fields.file());
        const Area area = read_area(patch);
        if (area.x > canvas.width - area.width || area.y > canvas.height - area.height)
            throw patch.damaged("has a patch that lies outside of its picture");
        std::optional<Picture> pixels = fetch(patch.text("pixels"), area);
        if (pixels
            && (pixels->width != area.width || pixels->height != area.height
                || pixels->channels != canvas.channels || pixels->bits != canvas.bits))
            throw patch.damaged("has a patch of another form than its picture");
        if (!pixels) {
            completion.problem = "Its pixels are damaged in the project file.";
            completion.patches.clear();
            break;
        }
        completion.patches.push_back(
            {area.x, area.y, std::move(*pixels), patch.has("raw") && patch.flag("raw")});
    }
    return completion;
}

namespace {

/// Features that are no numbers are null.
Json describe(const CandidatePool& pool)
{
    Json features = Json::array();
    for (const float value : pool.features)
        features.push_back(std::isfinite(value) ? Json(value) : Json());
    return {{"columns", pool.columns}, {"features", std::move(features)}};
}

std::shared_ptr<const CandidatePool> read_pool(const JsonFields& fields)
{
    constexpr int most_columns = 25;
    constexpr std::size_t most_features = 10000 * most_columns;
    CandidatePool pool;
    pool.columns = fields.integer("columns", 1, most_columns);
    const Json& features = fields.list("features");
    if (features.size() > most_features)
        throw fields.damaged("has more than 10,000 candidates");
    for (const Json& value : features) {
        if (!value.is_number() && !value.is_null())
            throw fields.damaged("has a wrong value for 'features'");
        pool.features.push_back(value.is_null() ? std::nanf("") : value.get<float>());
    }
    return std::make_shared<const CandidatePool>(std::move(pool));
}

} // namespace

Json describe_figures(const CompletionSet& set)
{
    Json windows = Json::array();
    for (const NetworkWindow& window : set.windows) {
        Json json = describe(window.area);
        json["network_width"] = window.width;
        json["network_height"] = window.height;
        windows.push_back(std::move(json));
    }
    Json json = {{"mean_distance_gray", figure(set.mean_distance_gray)},
                 {"seconds", figure(set.seconds)},
                 {"stopped", set.stopped},
                 {"windows", std::move(windows)}};
    if (set.pool && set.pool->candidates.size() == set.completions.size() && set.pool->columns > 0)
        json["pool"] = describe(*set.pool);
    return json;
}

Json describe_set(const CompletionSet& set)
{
    Json json = {{"recipe", describe(set.recipe)}};
    json.update(describe_figures(set));
    return json;
}

void complete_pool(CompletionSet& set)
{
    if (!set.pool)
        return;
    auto pool = std::make_shared<CandidatePool>(*set.pool);
    pool->candidates = set.completions;
    const bool fits = pool->features.size() == pool->candidates.size() * std::size_t(pool->columns);
    set.pool = fits ? pool : nullptr;
}

void read_figures(const JsonFields& fields, CompletionSet& set)
{
    set.pool = fields.has("pool") ? read_pool(fields.object("pool")) : nullptr;
    set.mean_distance_gray = fields.number("mean_distance_gray");
    set.seconds = fields.number("seconds");
    set.stopped = fields.flag("stopped");
    const Json& windows = fields.list("windows");
    if (windows.size() > most_windows)
        throw fields.damaged("has a set of more than 10,000 windows");
    set.windows.clear();
    for (const Json& entry : windows) {
        const JsonFields window(entry, fields.file());
        set.windows.push_back({read_area(window), window.integer("network_width", 1, max_side),
                               window.integer("network_height", 1, max_side)});
    }
}

Json describe(const Recipe& recipe)
{
    return Json::parse(to_json(recipe));
}

Recipe read_recipe(const JsonFields& fields, const char* key)
{
    return recipe_from_json(fields.member(key).dump(-1, ' ', false, Json::error_handler_t::replace),
                            fields.file());
}

const char* name(Mark mark)
{
    return mark_names[static_cast<int>(mark)];
}

Mark parse_mark(const JsonFields& fields, const char* key)
{
    const std::string text = fields.text(key);
    for (const Mark mark : {Mark::None, Mark::Star, Mark::Reject})
        if (text == name(mark))
            return mark;
    throw fields.damaged(std::string("has a wrong value for '") + key + "'");
}

} // namespace lacuna
