// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/models/unet_config.h"

namespace lacuna {

/// What the shapes of a state dict tell about a network, and what they leave open.   restoration.md 1.8, last lines
struct Recognition {
    NetworkConfig config{};
    /// Options whose value in `config` is a guess, such as "num_head_channels" or "schedule": a preset must say.
    std::vector<std::string> questions{};
};

/// Throws Error{Input} naming `file` when it is none of the known networks; the graph of the result has exactly
/// these parameters.
Recognition recognise(const ParameterShapes&, const std::string& file);

} // namespace lacuna
