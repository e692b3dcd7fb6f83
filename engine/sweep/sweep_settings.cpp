// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sweep/sweep_settings.h"

#include "engine/core/atomic_file.h"
#include "engine/core/strict_json.h"

namespace lacuna {

namespace {

using Json = nlohmann::ordered_json;

const JsonWords& words()
{
    static const JsonWords of_settings{.action = "Begin the sweep anew", .before = "is no sweep of Lacuna: "};
    return of_settings;
}

} // namespace

std::string to_json(const SweepSettings& settings)
{
    Json axes = Json::array();
    for (const SweepAxis& axis : settings.axes)
        axes.push_back({{"parameter", axis.parameter}, {"values", axis.values}});
    return Json{{"schema", 1}, {"recipe", Json::parse(to_json(settings.base))}, {"axes", axes}}.dump(1)
           + "\n";
}

SweepSettings sweep_settings_from_json(const std::string& text, const std::string& file)
{
    const StrictJson json = parse_strict_json(text);
    Members members(json.value, words(), file);
    if (!json.twice.empty())
        throw members.refusal("it has the member '" + json.twice + "' twice");
    if (members.get<int>("schema") != 1)
        throw members.refusal("a newer version wrote it");
    SweepSettings settings{.base = recipe_from_json(members.take("recipe").dump(), file)};
    const Json& axes = members.take("axes");
    if (!axes.is_array())
        throw members.wrong("axes");
    for (const Json& one : axes) {
        Members axis(one, words(), file, "axes");
        settings.axes.push_back(
            {axis.get<std::string>("parameter"), axis.get<std::vector<std::string>>("values")});
        axis.finish();
    }
    members.finish();
    return settings;
}

std::optional<SweepSettings> read_sweep_settings(const std::filesystem::path& file)
{
    try {
        const auto bytes = read_file(file, 1 << 20);
        return sweep_settings_from_json(std::string(bytes.begin(), bytes.end()), file.string());
    } catch (const Error&) {
        return {};
    }
}

} // namespace lacuna
