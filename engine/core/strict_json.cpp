// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/strict_json.h"

#include <set>
#include <vector>

namespace lacuna {

StrictJson parse_strict_json(const std::string& text)
{
    constexpr int deepest = 32;
    using Json = nlohmann::ordered_json;
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

} // namespace lacuna
