// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace lacuna::cli {

/// Steps of two networks of the ADM form with random weights on pictures of 64 x 64: the inference plan beside the
/// same network as tensor operations.
nlohmann::ordered_json bench_network();

} // namespace lacuna::cli
