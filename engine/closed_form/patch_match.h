// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/closed_form/patch_level.h"

namespace lacuna {

/// How many candidate patches are kept for a position between steps: the truncated posterior's support.
inline constexpr int kept_candidates = 6;

struct Match {
    std::int32_t centre = -1; ///< candidate patch, -1: none yet
    float distance = 0;       ///< precision-weighted squared distance to the query patch
};

/// Best matches of every position of a level, nearest first; one field a member.
using MatchField = std::vector<std::array<Match, kept_candidates>>;

/// What one member's queries are measured with: its noisy pixels and the precision (1 / variance) of each pixel.
struct Query {
    const PatchLevel& level;
    const float* x;         ///< [area.height * area.width * 4]
    const float* precision; ///< [area.height * area.width * 4]

    /// sum over the patch of precision * (x - known candidate)^2; may stop early above `limit`.
    float distance(std::int32_t position, std::int32_t candidate, float limit) const;
};

/// Key of the random search: equal keys give equal searches, whatever the thread or the batch.
struct SearchKey {
    std::uint64_t seed = 0;
    std::uint32_t member = 0;
    std::uint32_t level = 0;
    std::uint32_t call = 0;
};

/// Improves matches[begin, end) of one member from the previous field: re-measures what is kept, tries the shifted
/// matches of the neighbours (propagation) and a few random candidates near the best and anywhere.
/// After Barnes et al., PatchMatch, 2009, with all positions updated at once from the previous field so that the
/// result does not depend on threads.
void improve_matches(const Query&, const SearchKey&, int round, const MatchField& previous,
                     MatchField& matches, std::size_t begin, std::size_t end);

/// The field of a coarser level carried to a finer one: candidates move to twice their place.
MatchField refine_matches(const PatchLevel& coarse, const MatchField& matches, const PatchLevel& fine);

} // namespace lacuna
