// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/messages.h"

namespace lacuna {

/// Distances between the finished completions of a set: fills in nearest_gray of each and mean_distance_gray.
/// Root mean square over the colour values of the hole, in levels of 255.
void measure_distances(CompletionSet&, const Mask&);

/// Mean step between neighbours across the border of the hole over the mean step between known neighbours within
/// a few pixels of it; about 1 where no seam shows.
double measure_seam(const Picture& picture, const Mask&, const Completion&);

} // namespace lacuna
