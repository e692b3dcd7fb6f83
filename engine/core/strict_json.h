// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace lacuna {

struct StrictJson {
    nlohmann::ordered_json value{}; ///< discarded where the text is not JSON
    std::string twice{};            ///< a member that an object has twice, of which parsers silently take one
    bool too_deep = false;          ///< nested more than 32 times
};

/// For include in .cpp files only: nlohmann's header is large.
StrictJson parse_strict_json(const std::string& text);

} // namespace lacuna
