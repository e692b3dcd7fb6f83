// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/strict_json.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna {

using Json = nlohmann::ordered_json;

StrictJson parse_strict_json(const std::string& text)
{
    constexpr int deepest = 32;
    StrictJson parsed;
    std::vector<std::set<std::string>> open;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
        parsed.too_deep = parsed.too_deep || depth > deepest;
        if (event == Json::parse_event_t::object_start)
            open.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            open.pop_back();
        else if (event == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
            parsed.twice = value.get<std::string>();
        return !parsed.too_deep;
    };
    parsed.value = Json::parse(text, watch, /*allow_exceptions=*/false);
    return parsed;
}

bool read_value(const Json& json, std::string& value)
{
    if (!json.is_string())
        return false;
    json.get_to(value);
    return true;
}

bool read_value(const Json& json, std::vector<std::string>& values)
{
    if (!json.is_array())
        return false;
    return std::all_of(json.begin(), json.end(),
                       [&](const Json& one) { return read_value(one, values.emplace_back()); });
}

bool read_value(const Json& json, bool& value)
{
    if (!json.is_boolean())
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

bool read_value(const Json& json, std::optional<double>& value)
{
    return json.is_null() || read_value(json, value.emplace());
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

Members::Members(const Json& object, const JsonWords& words, std::string file, std::string where)
    : json_(object),
      words_(words),
      file_(std::move(file)),
      where_(std::move(where))
{
    if (!object.is_object())
        throw refusal(where_.empty() ? words_.no_object : filled(words_.no_object_inside, ""));
}

Error Members::refusal(const std::string& cause) const
{
    return Error(ErrorKind::Input, file_, words_.before + cause, words_.action);
}

const Json* Members::find(const std::string& key)
{
    taken_.insert(key);
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
}

const Json& Members::take(const std::string& key)
{
    const Json* found = find(key);
    if (!found)
        throw refusal(filled(words_.missing, key));
    return *found;
}

void Members::finish() const
{
    for (const auto& [key, value] : json_.items())
        if (!taken_.contains(key))
            throw refusal(filled(words_.unknown, printable(key)));
}

std::string Members::filled(std::string words, const std::string& key) const
{
    const std::string whole = key.empty() ? where_ : path(key);
    for (const auto& [mark, text] : {std::pair<std::string, std::string>{"{key}", key}, {"{path}", whole}})
        if (const std::size_t place = words.find(mark); place != std::string::npos) {
            words.replace(place, mark.size(), text);
            break;
        }
    return words;
}

} // namespace lacuna
