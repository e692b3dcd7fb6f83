// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/correction.h"

#include <utility>

#include "engine/core/error.h"

namespace lacuna {

Correction::Correction(Repulsion repulsion, Tensor known, Tensor keep, Tensor region)
    : repulsion_(repulsion),
      known_(std::move(known)),
      keep_(std::move(keep)),
      region_(std::move(region))
{
    check(known_.defined() == keep_.defined(), "known pixels come with the mask that says which they are");
    if (keep_.defined() && !region_.defined())
        region_ = (keep_ <= 0.5).to(at::kFloat);
}

Tensor Correction::apply(const Tensor& x0, double sigma)
{
    last_ = repulsion_.steer(x0, region_, remaining_time(sigma));
    if (!keep_.defined())
        return last_.x0;
    return at::where(keep_ > 0.5, known_.to(x0.options()), last_.x0);
}

void Correction::retain(const std::vector<std::int64_t>& rows)
{
    const Tensor kept = at::tensor(rows, at::kLong);
    for (Tensor* batched : {&known_, &keep_, &region_})
        if (batched->defined() && batched->size(0) > 1)
            *batched = batched->index_select(0, kept.to(batched->device()));
    last_ = retained(last_, rows);
}

void CorrectedDenoiser::retain(const std::vector<std::int64_t>& rows)
{
    denoiser_.retain(rows);
    correction_.retain(rows);
}

} // namespace lacuna
