// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/recipe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/core/text.h"

namespace lacuna {

using Json = nlohmann::ordered_json;

namespace {

[[noreturn]] void refuse(const std::string& parameter, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Usage, parameter, cause, action, "Nothing was run.");
}

std::string shortest(double value)
{
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return std::string(text.data(), end);
}

constexpr std::array conventions{BoundConvention::PerImage, BoundConvention::RepaintBatch,
                                 BoundConvention::PerPixel, BoundConvention::FullPicture,
                                 BoundConvention::GrayLevels};

} // namespace

const char* name(BoundConvention convention)
{
    constexpr const char* names[] = {"per-image", "repaint-batch", "per-pixel", "full-picture", "gray"};
    return names[static_cast<int>(convention)];
}

double Bound::rms(const BoundScale& scale) const
{
    // D bounds the norm by D * S; the root mean square over 3 M values is norm / sqrt(3 M).
    const double values = 3.0 * static_cast<double>(scale.hole_pixels);
    switch (convention) {
    case BoundConvention::PerImage:
        return value * std::sqrt(values);
    case BoundConvention::RepaintBatch:
        return value * scale.members * std::sqrt(values);
    case BoundConvention::PerPixel:
        return value * std::sqrt(values) / 3;
    case BoundConvention::FullPicture:
        return value * 3.0 * static_cast<double>(scale.picture_pixels) / std::sqrt(values);
    case BoundConvention::GrayLevels:
        return value / 127.5;
    }
    return value;
}

Bound Bound::in(BoundConvention other, const BoundScale& scale) const
{
    if (other == convention || std::isinf(value) || scale.hole_pixels == 0)
        return {value, other};
    return {rms(scale) / Bound{1, other}.rms(scale), other};
}

Bound parse_bound(const std::string& text)
{
    const std::string action =
        "Write for example 24 (grey levels), 0.0015:per-image, 0.0003:repaint-batch, 0.009:per-pixel, "
        "0.0004:full-picture or none";
    if (text == "none")
        return {};
    const auto colon = text.find(':');
    const std::string number = text.substr(0, colon);
    Bound bound;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bound.value);
    if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(bound.value))
        refuse("--bound " + text, "is not a number", action);
    if (bound.value <= 0)
        refuse("--bound " + text, "must be greater than 0", action);
    if (colon == std::string::npos)
        return bound;
    const std::string convention = text.substr(colon + 1);
    const auto found = std::find_if(conventions.begin(), conventions.end(),
                                    [&](BoundConvention c) { return convention == name(c); });
    if (found == conventions.end())
        refuse("--bound " + text, "has no convention called '" + convention + "'", action);
    bound.convention = *found;
    return bound;
}

std::string to_string(const Bound& bound)
{
    return std::isinf(bound.value) ? "none" : shortest(bound.value) + ":" + name(bound.convention);
}

const std::vector<std::string>& sampler_names()
{
    static const std::vector<std::string> names{"ddim", "ddpm",  "ge",   "edm",   "dpmpp-2m", "unipc",
                                                "deis", "ipndm", "plms", "fpndm", "ddnm"};
    return names;
}

namespace {

/// Calls visit(key, value) for every member of a recipe that is stored as it is, in the order of the file.
template <typename R, typename Visit> void visit_members(R& r, const Visit& visit)
{
    visit("schema", r.schema);
    visit("version", r.version);
    visit("picture_sha256", r.picture_sha256);
    visit("mask_sha256", r.mask_sha256);
    visit("task", r.task);
    visit("model", r.model);
    visit("preset", r.preset);
    visit("model_sha256", r.model_sha256);
    visit("model_class", r.model_class);
    visit("method", r.method);
    visit("sampler", r.sampler);
    visit("schedule", r.schedule);
    visit("gamma", r.gamma);
    visit("mu", r.mu);
    visit("churn", r.churn);
    visit("particles", r.particles);
    visit("kernel", r.kernel);
    visit("steps", r.steps);
    visit("count", r.count);
    visit("seed", r.seed);
    visit("eta", r.eta);
    visit("pool", r.pool);
    visit("select", r.select);
    visit("raw", r.raw);
    visit("scale", r.scale);
    visit("degrade", r.degrade);
}

/// The same for the numbers of a published method.
template <typename Options, typename Visit> void visit_restoration(Options& o, const Visit& visit)
{
    visit("spacing", o.spacing);
    visit("sigma_y", o.sigma_y);
    visit("eta", o.eta);
    visit("eta_b", o.eta_b);
    visit("zeta", o.zeta);
    visit("lambda", o.lambda);
    visit("travel_length", o.travel_length);
    visit("travel_repeat", o.travel_repeat);
    visit("jump_length", o.jumps.jump.length);
    visit("jump_samples", o.jumps.jump.samples);
    visit("jump2_length", o.jumps.jump2.length);
    visit("jump2_samples", o.jumps.jump2.samples);
    visit("jump3_length", o.jumps.jump3.length);
    visit("jump3_samples", o.jumps.jump3.samples);
    visit("single_samples", o.jumps.single_samples);
    visit("start_resampling", o.jumps.start_resampling);
    visit("time_shift", o.time_shift);
    visit("learned_variance", o.learned_variance);
    visit("reference_quirks", o.reference_quirks);
}

Json write_value(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

template <typename T> Json write_value(const T& value)
{
    return value;
}

} // namespace

std::string to_json(const Recipe& r)
{
    Json json = Json::object();
    visit_members(r, [&](const char* key, const auto& value) { json[key] = write_value(value); });
    json["bound"] = to_string(r.bound);
    // Members that most recipes do not have.
    if (r.window != Recipe().window)
        json["window"] = r.window;
    if (r.soft_edge != 0)
        json["soft_edge"] = r.soft_edge;
    if (!r.condition_sha256.empty())
        json["condition_sha256"] = r.condition_sha256;
    if (r.method == "project" && r.restoration.eta != RestorationOptions().eta)
        json["method_eta"] = r.restoration.eta;
    if (r.method != "project") {
        Json& numbers = json["restoration"] = Json::object();
        visit_restoration(r.restoration,
                          [&](const char* key, const auto& value) { numbers[key] = write_value(value); });
    }
    return json.dump(2);
}

namespace {

const JsonWords words{.action = "Use a recipe that Lacuna wrote",
                      .no_object = "is not a recipe",
                      .missing = "has no '{key}'",
                      .wrong = "has a wrong value for '{key}'",
                      .unknown = "has members that this version does not know"};

} // namespace

Recipe recipe_from_json(const std::string& text, const std::string& file)
{
    const auto [json, twice, too_deep] = parse_strict_json(text);
    Members read(json, words, file);
    if (too_deep)
        throw read.refusal("is not a recipe");
    if (!twice.empty())
        throw read.refusal("has '" + twice + "' twice");
    Recipe recipe;
    visit_members(recipe, [&](const char* key, auto& value) {
        read.take(key, value);
        if (std::string(key) != "schema")
            return;
        if (recipe.schema > Recipe{}.schema)
            throw read.refusal("was written by a newer version (schema " + std::to_string(recipe.schema)
                               + ")");
        if (recipe.schema < 1)
            throw read.wrong("schema");
        if (recipe.schema < Recipe{}.schema)
            throw read.refusal("was written by an older version (schema " + std::to_string(recipe.schema)
                               + "), whose recipes cannot be repeated");
    });
    if (read.has("window"))
        read.take("window", recipe.window);
    if (read.has("soft_edge"))
        read.take("soft_edge", recipe.soft_edge);
    if (read.has("condition_sha256"))
        read.take("condition_sha256", recipe.condition_sha256);
    if (read.has("method_eta"))
        read.take("method_eta", recipe.restoration.eta);
    const auto bound = read.get<std::string>("bound");
    try {
        recipe.bound = parse_bound(bound);
    } catch (const Error& error) {
        throw read.refusal("has a wrong value for 'bound': " + error.cause());
    }
    if (recipe.method != "project") {
        const Json& numbers = read.take("restoration");
        if (!numbers.is_object())
            throw read.wrong("restoration");
        Members read_number(numbers, words, file);
        visit_restoration(recipe.restoration,
                          [&](const char* key, auto& value) { read_number.take(key, value); });
        read_number.finish();
    }
    read.finish();
    return recipe;
}

namespace {

void require_one_of(const std::string& parameter, const std::string& value,
                    const std::vector<std::string>& known)
{
    if (std::find(known.begin(), known.end(), value) == known.end())
        refuse(parameter + " " + value, "is not known", "Use one of: " + joined(known));
}

void require_number(const std::string& parameter, double value, double low, double high)
{
    if (!(value >= low && value <= high))
        refuse(parameter + " " + shortest(value), "is out of range",
               "Use a number from " + shortest(low) + " to " + shortest(high));
}

void require_range(const std::string& parameter, std::int64_t value, std::int64_t low, std::int64_t high)
{
    if (value < low || value > high)
        refuse(parameter + " " + std::to_string(value), "is out of range",
               "Use a number from " + std::to_string(low) + " to " + std::to_string(high));
}

} // namespace

void validate(const Recipe& recipe)
{
    require_range("--count", recipe.count, 1, 64);
    require_range("--steps", recipe.steps, 0, 10000);
    if (recipe.pool != 0)
        require_range("--pool", recipe.pool, recipe.count, 1000);
    require_number("--eta", recipe.eta, 0, 100);
    if (!(recipe.bound.value > 0))
        refuse("--bound " + shortest(recipe.bound.value), "must be greater than 0",
               "Use 'none' for no bound");
    require_number("--gamma", recipe.gamma, 1, 10);
    require_number("--mu", recipe.mu, 0, 0.99);
    require_number("--churn", recipe.churn, 0, 100);
    require_number("--particles", recipe.particles, 0, 1000);
    require_number("--method-eta", recipe.restoration.eta, 0, 1);
    require_range("--scale", recipe.scale, 1, 64);
    require_range("soft_edge", recipe.soft_edge, 0, 1000);
    require_one_of("--sampler", recipe.sampler, sampler_names());
    require_one_of("--schedule", recipe.schedule, {"log-linear", "edm", "ddpm"});
    require_one_of("--kernel", recipe.kernel, {"rbf", "l2", "iou"});
    require_one_of("--window", recipe.window, {"auto", "whole", "hole"});
    require_one_of("--select", recipe.select, {"fps", "kmeans", "uniform", "random"});
    if (recipe.particles > 0 && (recipe.method != "project" || recipe.sampler != "edm"))
        refuse("--particles", "works in the sampler edm only", "Add --sampler edm");
    if (recipe.method == "project" && recipe.task != "inpaint")
        refuse("--task " + recipe.task, "needs a published method",
               "Add --method ddrm, ddnm, dps or diffpir");
}

} // namespace lacuna
