// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/candidates_of_run.h"

#include "engine/core/picture_tensor.h"
#include "engine/features/colour_gradient.h"
#include "engine/selection/selection.h"

namespace lacuna {

namespace {

/// Features of what a completion puts into the hole, [1,F].
Tensor features_of(const Completion& completion, const Mask& hole)
{
    std::vector<Tensor> parts;
    for (const Patch& patch : completion.patches) {
        const Picture rgb = to_rgb8(patch.pixels);
        const Tensor region = at::empty({1, 1, rgb.height, rgb.width});
        for (int y = 0; y < rgb.height; ++y)
            for (int x = 0; x < rgb.width; ++x)
                region.data_ptr<float>()[y * rgb.width + x] =
                    hole.is_hole(patch.x + x, patch.y + y) ? 1.f : 0.f;
        parts.push_back(ColourGradient(region).features(tensor_of(rgb)));
    }
    return at::cat(parts, 1);
}

} // namespace

bool CandidatesOfRun::take_from(const std::vector<Completion>& completions, const Mask& hole)
{
    const std::size_t before = candidates_.size();
    for (; seen_ < completions.size(); ++seen_)
        if (const Completion& one = completions[seen_]; one.finished && one.problem.empty()) {
            candidates_.push_back(one);
            rows_.push_back(features_of(one, hole));
        }
    return candidates_.size() > before;
}

Tensor CandidatesOfRun::components() const
{
    return principal_components(at::cat(rows_, 0), 25);
}

std::shared_ptr<const CandidatePool> CandidatesOfRun::snapshot() const
{
    const Tensor values = components().to(at::kFloat).contiguous();
    const float* first = values.data_ptr<float>();
    return std::make_shared<const CandidatePool>(CandidatePool{.candidates = candidates_,
                                                               .columns = static_cast<int>(values.size(1)),
                                                               .features = {first, first + values.numel()}});
}

std::vector<Completion> CandidatesOfRun::selected(const Recipe& recipe) const
{
    std::vector<Completion> set;
    for (const int index : select(components(), recipe.count, recipe.select, recipe.seed))
        set.push_back(candidates_[static_cast<std::size_t>(index)]);
    return set;
}

} // namespace lacuna
