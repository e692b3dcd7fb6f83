// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/text.h"

namespace lacuna {

std::string joined(const std::vector<std::string>& names, std::string_view last)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text.append(i == 0 ? std::string_view() : i + 1 == names.size() ? last : ", ").append(names[i]);
    return text;
}

} // namespace lacuna
