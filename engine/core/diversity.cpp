// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/diversity.h"

#include <algorithm>
#include <cmath>

namespace lacuna {

Diversity diversity(double dial, DiversityFor model)
{
    const double u = std::clamp(dial, plain_dial, wild_dial) / wild_dial;
    // Rounded to what a person would type: eta 0 .. 9.5 .. 19 or 0 .. 0.3 .. 0.6, bound 20 .. 28 .. 36 grey levels.
    const double eta = model == DiversityFor::ThisPhoto ? std::round(190 * u) / 10 : std::round(60 * u) / 100;
    return {.eta = eta, .bound_gray = std::round(20 + 16 * u)};
}

} // namespace lacuna
