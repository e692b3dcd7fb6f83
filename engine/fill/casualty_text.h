// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/core/recipe.h"
#include "engine/diffusion/sample_run.h"

namespace lacuna {

/// What happened to a member whose values stopped being finite, and the parameter of the recipe to change; a
/// sentence for people. Parameters have the names of the command line.
std::string describe(const Casualty&, const Recipe&);

} // namespace lacuna
