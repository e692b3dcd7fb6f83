// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/session/messages.h"

namespace lacuna {

/// How different the completions of a set look: the mean distance of all pairs in colours and gradients of the hole
/// (not LPIPS). `picture` and `hole` as of canvas() and canvas_hole(). Nothing for fewer than two completions.
std::optional<double> feature_distance(const Picture& picture, const Mask& hole, const CompletionSet&);

} // namespace lacuna
