// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/small_svd.h"

#include <tuple>

#include "engine/core/error.h"

namespace lacuna {

SmallSvd small_svd(const Tensor& matrix)
{
    check(matrix.dim() == 2 && matrix.size(0) <= matrix.size(1), "the matrix is not taller than wide");
    const auto [U, S, Vh] = at::linalg_svd(matrix.to(at::kDouble).cpu(), /*full_matrices=*/true);
    return {U, S, Vh.t().contiguous()};
}

SmallSvd given_svd(const Tensor& U, const Tensor& S, const Tensor& V)
{
    return {U.to(at::kDouble), S.to(at::kDouble), V.to(at::kDouble)};
}

SmallSvd cut(SmallSvd svd, double limit)
{
    svd.S = at::where(svd.S < limit, at::zeros_like(svd.S), svd.S);
    return svd;
}

} // namespace lacuna
