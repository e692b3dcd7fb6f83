// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "engine/core/tensor.h"

namespace lacuna {

/// f of every row of x [N,...] on its own, with its gradient in x: one row after the other on one thread, forward and
/// backward, so that a row has the same bits in every batch and for any number of threads. LibTorch's own gradients of a batch have other sums for other numbers of rows or threads.
/// f takes a row [1,...] and its number, and returns [1,...]; it must not depend on anything else with a gradient.
Tensor rows_apart(const Tensor& x, const std::function<Tensor(const Tensor& row, std::int64_t number)>& f);

} // namespace lacuna
