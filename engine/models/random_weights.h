// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/models/network_graph.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// Normal numbers scaled so that every operation keeps the size of its values; norms are near one. The same for the
/// same seed everywhere.
StateDict random_weights(const ParameterShapes&, std::uint64_t seed);

} // namespace lacuna
