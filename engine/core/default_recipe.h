// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/core/recipe.h"

namespace lacuna {

/// What recipes call This photo; all other models are networks.
inline constexpr const char* this_photo_model = "this-photo";

/// The method that networks fill holes with unless another one is asked for: its fills are nearer to the truth than
/// those of "project" with the same steps, as `models evaluate` measures them.
inline constexpr const char* network_method = "ddnm";

/// The recipe with the method, sampler and diversity that a model starts from, on the command line and in the window.
Recipe default_recipe(const std::string& model = Recipe().model);

/// Steps of a network's recipe that leaves them to the method.
int default_steps(const std::string& method);

} // namespace lacuna
