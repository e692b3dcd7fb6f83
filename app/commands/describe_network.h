// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "engine/checkpoint/checkpoint.h"

namespace lacuna::cli {

/// Which network the tensors are for: its options as far as the shapes tell them, what they leave open, and the
/// known presets whose parameters are exactly these. Only "why" is there when it is no known network.
nlohmann::ordered_json describe_network(const Checkpoint&);

/// The same as lines for people.
void print_network(const nlohmann::ordered_json& network);

} // namespace lacuna::cli
