// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// Named tensors of a model, contiguous, on the CPU.
using StateDict = std::map<std::string, Tensor>;

/// Reads exactly the named tensors as `dtype`. All shapes are compared before anything is read; tensors of the file
/// that are not named are left alone. Throws Error{Input}, also for NaN and infinity.
StateDict read_state_dict(const Checkpoint&, const std::map<std::string, std::vector<std::int64_t>>& expected,
                          at::ScalarType dtype = at::kFloat);

/// Reads everything, each tensor in the format it has in the file. Throws Error{Input}, also for NaN and infinity.
StateDict read_state_dict(const Checkpoint&);

/// The number format of the file that `dtype` is; throws Error{Internal} for others.
DType dtype_of(at::ScalarType dtype);
at::ScalarType scalar_type_of(DType);

} // namespace lacuna
