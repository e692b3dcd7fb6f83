// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/models/network_graph.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// The embeddings of a graph by the number of their node; empty for pictures.
using Embeddings = std::vector<std::vector<float>>;

/// True for the nodes whose values are embeddings: what depends on timestep and class only.
std::vector<bool> embedding_nodes(const NetworkGraph&);

/// All embeddings for one timestep and class, in plain loops. The parameters are contiguous and in single precision.
Embeddings embeddings(const NetworkGraph&, const StateDict&, float timestep, std::int64_t label);

} // namespace lacuna
