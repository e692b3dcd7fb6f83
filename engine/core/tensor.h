// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The only header that names ATen. ivalue.h comes first because clang rejects LibTorch 1.13 in C++20 otherwise.
// clang-format off
#include <ATen/core/ivalue.h>
#include <ATen/ATen.h>
// clang-format on

namespace lacuna {
using at::Tensor;
}
