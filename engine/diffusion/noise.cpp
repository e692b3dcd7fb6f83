// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/noise.h"

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/core/philox.h"

namespace lacuna {

Tensor CounterNoise::draw(const Tensor& like, Purpose purpose, int step)
{
    check(like.dim() > 0 && like.size(0) == static_cast<std::int64_t>(members_.size()),
          "noise is drawn for as many rows as there are members");
    // From pinned memory a device fetches the noise while it still works on the step before.
    const bool pinned = like.is_cuda();
    const Tensor noise = at::empty(like.sizes(), at::TensorOptions(at::kFloat).pinned_memory(pinned));
    const auto row_elements = static_cast<std::size_t>(members_.empty() ? 0 : like.numel() / like.size(0));
    float* const row = noise.data_ptr<float>();
    parallel_for(members_.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            standard_normals({.seed = seed_,
                              .member = static_cast<std::uint32_t>(members_[i]),
                              .step = static_cast<std::uint32_t>(step),
                              .purpose = static_cast<std::uint32_t>(purpose)},
                             row + i * row_elements, row_elements);
    });
    return noise.to(like.options(), /*non_blocking=*/pinned);
}

void CounterNoise::retain(const std::vector<std::int64_t>& rows)
{
    std::vector<int> kept;
    for (const std::int64_t row : rows)
        kept.push_back(members_.at(static_cast<std::size_t>(row)));
    members_ = std::move(kept);
}

} // namespace lacuna
