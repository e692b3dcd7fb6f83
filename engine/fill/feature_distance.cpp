// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/feature_distance.h"

#include <vector>

#include "engine/core/picture_tensor.h"
#include "engine/features/extractors.h"
#include "engine/features/region.h"
#include "engine/metrics/lpips.h"
#include "engine/selection/selection.h"

namespace lacuna {

std::optional<double> feature_distance(const Picture& picture, const Mask& hole, const CompletionSet& set)
{
    const FeatureRegion region = region_of(hole);
    const auto extractor = make_features({.name = "colours", .region = region.hole});
    std::vector<Tensor> rows;
    for (const Completion& completion : set.completions) {
        if (completion.patches.empty())
            continue;
        const Picture filled = to_rgb8(composite(picture, hole, completion));
        rows.push_back(extractor->features(part_of(tensor_of(filled), region)).to(at::kDouble));
    }
    if (rows.size() < 2)
        return {};
    return mean_of_pairs(pairwise_distances(at::cat(rows, 0)));
}

} // namespace lacuna
