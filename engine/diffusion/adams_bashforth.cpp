// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/adams_bashforth.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

Tensor adams_bashforth(const History& eps)
{
    check(eps.size() > 0, "there is an eps to step along");
    switch (std::min(eps.size(), 4)) {
    case 1:
        return eps.value(0);
    case 2:
        return (3 * eps.value(0) - eps.value(1)) / 2;
    case 3:
        return (23 * eps.value(0) - 16 * eps.value(1) + 5 * eps.value(2)) / 12;
    default:
        return (55 * eps.value(0) - 59 * eps.value(1) + 37 * eps.value(2) - 9 * eps.value(3)) / 24;
    }
}

} // namespace lacuna
