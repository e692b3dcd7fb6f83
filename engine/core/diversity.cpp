// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/diversity.h"

#include <algorithm>
#include <cmath>

namespace lacuna {

Diversity diversity(double dial)
{
    const double u = std::clamp(dial, plain_dial, wild_dial) / wild_dial;
    // Rounded to what a person would type: eta 0 .. 9.5 .. 19, bound 20 .. 28 .. 36 grey levels.
    return {.eta = std::round(190 * u) / 10, .bound_gray = std::round(20 + 16 * u)};
}

} // namespace lacuna
