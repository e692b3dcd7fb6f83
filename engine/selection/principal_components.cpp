// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

Tensor principal_components(const Tensor& features, int dimensions)
{
    check(features.dim() == 2 && features.size(0) > 0 && dimensions > 0, "components of a matrix with rows");
    const Tensor values = features.to(at::kCPU, at::kDouble);
    const Tensor centred = values - values.mean(0, /*keepdim=*/true);
    const std::int64_t kept = std::min({std::int64_t(dimensions), centred.size(0), centred.size(1)});
    const auto svd = at::linalg_svd(centred, /*full_matrices=*/false);
    const Tensor directions = std::get<2>(svd).narrow(0, 0, kept); // [kept,F]

    // The sign of a direction is free: its largest loading is made positive.
    const Tensor largest = directions.gather(1, directions.abs().argmax(1, /*keepdim=*/true)); // [kept,1]
    const Tensor signs = at::where(largest < 0, -at::ones_like(largest), at::ones_like(largest));
    return at::matmul(centred, (directions * signs).transpose(0, 1));
}

} // namespace lacuna
