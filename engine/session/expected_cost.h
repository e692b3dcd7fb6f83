// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/core/picture.h"
#include "engine/core/recipe.h"

namespace lacuna {

/// What a set takes of its model, known before it runs.
struct ExpectedCost {
    int calls = 0;                ///< of the model: Progress::total
    std::int64_t evaluations = 0; ///< of single pictures in all calls together
};

/// Evaluations of single pictures in `calls` of the model by a run of the recipe, whose groups are of the set's size
/// but for the last: the unit in which people are told what a run costs and how far it is.
std::int64_t single_evaluations(const Recipe&, int calls);

/// For filling the hole by a network that was trained on squares of `native` pixels and 1,000 noise levels, or by
/// This photo (0). The mask has a hole. Looks at every pixel of the mask: not for the thread of a window.
ExpectedCost expected_cost(const Recipe&, const Mask&, int native);

} // namespace lacuna
