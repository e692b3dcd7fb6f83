// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/linear_operator.h"

#include "engine/core/error.h"

namespace lacuna {

SpectralOperator::SpectralOperator(Tensor singular_values, std::int64_t n)
    : singular_values_(singular_values.to(at::kDouble).cpu().contiguous()),
      inverses_(at::where(singular_values_ > 0, 1 / singular_values_, at::zeros_like(singular_values_))),
      n_(n)
{
    check(singular_values_.dim() == 1 && singular_values_.numel() <= n,
          "an operator has at most as many singular values as its pictures have elements");
}

Tensor SpectralOperator::A(const Tensor& x) const
{
    return U(singular_values_.to(x.options()) * Vt(x).narrow(1, 0, singular_values_.numel()));
}

Tensor SpectralOperator::At(const Tensor& y) const
{
    return V(padded(singular_values_.to(y.options()) * Ut(y), n_));
}

Tensor SpectralOperator::A_pinv(const Tensor& y) const
{
    return V(padded(inverses_.to(y.options()) * Ut(y), n_));
}

Tensor padded(const Tensor& rows, std::int64_t n)
{
    return at::constant_pad_nd(rows, {0, n - rows.size(1)});
}

} // namespace lacuna
