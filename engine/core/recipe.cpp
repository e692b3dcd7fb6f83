// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/recipe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/error.h"

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

std::string to_json(const Recipe& r)
{
    const Json json = {
        {"schema", r.schema},
        {"version", r.version},
        {"picture_sha256", r.picture_sha256},
        {"mask_sha256", r.mask_sha256},
        {"model", r.model},
        {"model_sha256", r.model_sha256},
        {"sampler", r.sampler},
        {"schedule", r.schedule},
        {"steps", r.steps},
        {"count", r.count},
        {"seed", r.seed},
        {"eta", r.eta},
        {"bound", to_string(r.bound)},
        {"pool", r.pool},
        {"select", r.select},
    };
    return json.dump(2);
}

namespace {

/// nlohmann's own conversions take 2.7 and true for an integer and cut numbers that do not fit.
bool read_value(const Json& json, std::string& value)
{
    if (!json.is_string())
        return false;
    json.get_to(value);
    return true;
}

bool read_value(const Json& json, double& value)
{
    if (!json.is_number())
        return false;
    json.get_to(value);
    return std::isfinite(value);
}

bool read_value(const Json& json, std::uint64_t& value)
{
    if (!json.is_number_unsigned())
        return false;
    json.get_to(value);
    return true;
}

bool read_value(const Json& json, int& value)
{
    constexpr std::int64_t low = std::numeric_limits<int>::min(), high = std::numeric_limits<int>::max();
    const bool small_enough = !json.is_number_unsigned() || json.get<std::uint64_t>() <= std::uint64_t(high);
    if (!json.is_number_integer() || !small_enough || json.get<std::int64_t>() < low)
        return false;
    json.get_to(value);
    return true;
}

/// One flat object; no key twice, of which parsers would silently take one.
Json parse_flat_object(const std::string& text, std::string& twice)
{
    std::set<std::string> keys;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::key && depth == 1 && !keys.insert(parsed.get<std::string>()).second)
            twice = parsed.get<std::string>();
        return true;
    };
    return Json::parse(text, watch, false);
}

} // namespace

Recipe recipe_from_json(const std::string& text, const std::string& file)
{
    const auto damaged = [&](const std::string& cause) -> Error {
        return Error(ErrorKind::Input, file, cause, "Use a recipe that Lacuna wrote");
    };
    std::string twice;
    const Json json = parse_flat_object(text, twice);
    if (!json.is_object())
        throw damaged("is not a recipe");
    if (!twice.empty())
        throw damaged("has '" + twice + "' twice");
    Recipe recipe;
    std::size_t used = 0;
    const auto read = [&](const char* key, auto& value) {
        const auto found = json.find(key);
        if (found == json.end())
            throw damaged(std::string("has no '") + key + "'");
        if (!read_value(*found, value))
            throw damaged(std::string("has a wrong value for '") + key + "'");
        ++used;
    };
    read("schema", recipe.schema);
    if (recipe.schema > 1)
        throw damaged("was written by a newer version (schema " + std::to_string(recipe.schema) + ")");
    if (recipe.schema < 1)
        throw damaged("has a wrong value for 'schema'");
    read("version", recipe.version);
    read("picture_sha256", recipe.picture_sha256);
    read("mask_sha256", recipe.mask_sha256);
    read("model", recipe.model);
    read("model_sha256", recipe.model_sha256);
    read("sampler", recipe.sampler);
    read("schedule", recipe.schedule);
    read("steps", recipe.steps);
    read("count", recipe.count);
    read("seed", recipe.seed);
    read("eta", recipe.eta);
    std::string bound;
    read("bound", bound);
    try {
        recipe.bound = parse_bound(bound);
    } catch (const Error& error) {
        throw damaged("has a wrong value for 'bound': " + error.cause());
    }
    read("pool", recipe.pool);
    read("select", recipe.select);
    if (used != json.size())
        throw damaged("has members that this version does not know");
    return recipe;
}

namespace {

template <std::size_t n>
void require_one_of(const std::string& parameter, const std::string& value,
                    const std::array<const char*, n>& known)
{
    std::string list;
    for (const char* name : known) {
        if (value == name)
            return;
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    refuse(parameter + " " + value, "is not known", "Use one of: " + list);
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
    if (!std::isfinite(recipe.eta) || recipe.eta < 0 || recipe.eta > 100)
        refuse("--eta " + shortest(recipe.eta), "is out of range", "Use a number from 0 to 100");
    if (!(recipe.bound.value > 0))
        refuse("--bound " + shortest(recipe.bound.value), "must be greater than 0",
               "Use 'none' for no bound");
    require_one_of("--sampler", recipe.sampler, std::array{"ddim", "ddpm", "ge", "ddnm", "edm"});
    require_one_of("--schedule", recipe.schedule, std::array{"log-linear", "edm", "ddpm"});
    require_one_of("--select", recipe.select, std::array{"fps", "kmeans", "uniform", "random"});
}

} // namespace lacuna
