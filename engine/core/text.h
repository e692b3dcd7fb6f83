// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// "a, b, c" for sentences; with `last` = " or ": "a, b or c".
std::string joined(const std::vector<std::string>& names, std::string_view last = ", ");

} // namespace lacuna
