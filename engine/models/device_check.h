// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// What a small network does on a device in one precision.
struct DeviceFigure {
    std::string precision{};        ///< float, bfloat16 or half
    double relative_error = 0;      ///< RMS of the difference from the processor over RMS of the result
    double pictures_per_second = 0; ///< 64 x 64 pixels, sets of five
};

/// Evaluates a network with random weights (2.7 million, of the ADM form) on the device and on the processor. The
/// processor itself is checked against double precision.
std::vector<DeviceFigure> check_device(const at::Device&);

} // namespace lacuna
