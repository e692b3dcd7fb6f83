// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <vector>

#include "engine/guidance/repulsion.h"
#include "engine/session/messages.h"

namespace lacuna {

inline constexpr double gray_of_rms = 127.5; ///< grey levels of a difference of 1 in [-1,1] units

/// What guidance found for each row, in grey levels. steering is on the host.
inline std::vector<MemberDistance> member_distances(const Steering& steering, const std::vector<int>& members)
{
    std::vector<MemberDistance> list;
    for (std::size_t row = 0; row < members.size(); ++row) {
        MemberDistance one{.member = members[row]};
        if (row < steering.nearest.size() && std::isfinite(steering.nearest[row])) {
            one.nearest_gray = steering.nearest[row] * gray_of_rms;
            one.pushed = steering.pushed[row];
        }
        list.push_back(one);
    }
    return list;
}

} // namespace lacuna
