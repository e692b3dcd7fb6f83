// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"

namespace lacuna {

/// The decomposition of a small matrix [m,n], m <= n: U [m,m], S [m] descending, V [n,n] with the null space in its
/// last columns. float64 on the CPU.
struct SmallSvd {
    Tensor U, S, V;
};

SmallSvd small_svd(const Tensor& matrix);
/// A given decomposition in the precision used here; the basis of a null space is not unique, so that reproducing
/// recorded spectral noise needs the recorded one.
SmallSvd given_svd(const Tensor& U, const Tensor& S, const Tensor& V);

/// Singular values below `limit` become 0.
SmallSvd cut(SmallSvd svd, double limit);

} // namespace lacuna
