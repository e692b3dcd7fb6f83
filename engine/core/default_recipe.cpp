// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/default_recipe.h"

#include "engine/core/diversity.h"

namespace lacuna {

Recipe default_recipe(const std::string& model)
{
    Recipe recipe;
    const bool network = model != this_photo_model;
    const Diversity strength =
        diversity(default_dial, network ? DiversityFor::Network : DiversityFor::ThisPhoto);
    recipe.model = model;
    if (network)
        recipe.method = network_method;
    recipe.sampler = "ddpm";
    recipe.eta = strength.eta;
    recipe.bound = {strength.bound_gray, BoundConvention::GrayLevels};
    return recipe;
}

int default_steps(const std::string& method)
{
    if (method == "repaint")
        return 250;
    if (method == "dps")
        return 1000;
    return method == "ddrm" ? 20 : method == "project" ? 50 : 100;
}

} // namespace lacuna
