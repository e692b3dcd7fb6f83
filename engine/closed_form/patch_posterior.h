// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/closed_form/patch_match.h"

namespace lacuna {

/// The patch posterior summed exactly over a level's candidates: for small, coarse levels, where every member must
/// be able to reach every patch. Distances are computed in blocks of candidates that serve all members at once.
class PatchPosterior {
public:
    /// At most `most_candidates` of the level's candidates, evenly taken.
    PatchPosterior(const PatchLevel& level, int most_candidates);

    /// For position index p and `rows` members with noisy planes x[row] [area.height * area.width * 4]: the posterior mean patches
    /// means[row] [49 * 4], its mean variance variances[row][p] and the best matches[row][p].
    /// unknown_precision: 1 / sigma^2, known_precision: 1 / sigma_k^2.
    void estimate(std::size_t p, const std::vector<const float*>& x, float unknown_precision,
                  float known_precision, const std::vector<float*>& means,
                  const std::vector<float*>& variances, std::vector<MatchField>& matches) const;

private:
    const PatchLevel& level_;
    std::vector<std::int32_t> centres_{};
    std::size_t padded_ = 0;       ///< candidates rounded up to whole blocks
    std::vector<float> columns_{}; ///< [196][padded_]: one value of all candidates side by side
};

} // namespace lacuna
