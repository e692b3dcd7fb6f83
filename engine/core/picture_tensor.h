// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// 8-bit RGB as [1,3,h,w] float32 in [-1,1].
Tensor tensor_of(const Picture& rgb8);

/// An estimate [3,h,w] in [-1,1] in the form (channels, bits) of a picture; filled pixels are opaque.
Picture picture_like(const Picture& form, const Tensor& estimate);

} // namespace lacuna
