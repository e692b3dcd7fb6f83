// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

namespace {

Tensor centred(const Tensor& features)
{
    const Tensor values = features.to(at::kCPU, at::kDouble);
    return values - values.mean(0, /*keepdim=*/true);
}

} // namespace

PrincipalAxes principal_axes(const Tensor& features, int dimensions)
{
    check(features.dim() == 2 && features.size(0) > 0 && dimensions > 0, "components of a matrix with rows");
    const std::int64_t kept = std::min({std::int64_t(dimensions), features.size(0), features.size(1)});
    const auto svd = at::linalg_svd(centred(features), /*full_matrices=*/false);
    const Tensor directions = std::get<2>(svd).narrow(0, 0, kept); // [kept,F]

    // The sign of a direction is free: its largest loading is made positive.
    const Tensor largest = directions.gather(1, directions.abs().argmax(1, /*keepdim=*/true)); // [kept,1]
    const Tensor signs = at::where(largest < 0, -at::ones_like(largest), at::ones_like(largest));
    return {.axes = (directions * signs).transpose(0, 1),
            .singular_values = std::get<1>(svd).narrow(0, 0, kept)};
}

Tensor principal_components(const Tensor& features, int dimensions)
{
    return at::matmul(centred(features), principal_axes(features, dimensions).axes);
}

double first_component_kurtosis(const Tensor& features)
{
    const Tensor z = principal_components(features, 1);
    const double variance = z.square().mean().item<double>();
    return z.square().square().mean().item<double>() / (variance * variance);
}

} // namespace lacuna
