// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"
#include "engine/models/network_graph.h"

/// Differentiable operations of training. Pictures [N,C,H,W] are channels-last; on the processor each runs in one or
/// two passes over its pictures, elsewhere it consists of tensor operations.
namespace lacuna::training {

/// The norm with its modulation and activation. x float or bfloat16; weight and bias [C], embedding [N,C] or [N,2C]
/// float, undefined without modulation. The result has the type `as`; everything between is single precision.
Tensor group_norm(const Tensor& x, const op::GroupNorm&, const Tensor& weight, const Tensor& bias,
                  const Tensor& embedding, at::ScalarType as);

/// Nearest neighbour, twice the size.
Tensor upsample(const Tensor& x);

/// Along the channels.
Tensor join(const Tensor& a, const Tensor& b);

} // namespace lacuna::training
