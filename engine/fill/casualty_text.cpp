// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/casualty_text.h"

#include <locale>
#include <sstream>

#include "engine/closed_form/this_photo.h"

namespace lacuna {

namespace {

/// What drives the values of a run up, the likeliest first.
void name_parameter(std::ostream& text, const Recipe& recipe)
{
    const bool projected = recipe.method == "project";
    if (recipe.eta > 0)
        text << "Lower --eta (now " << recipe.eta << ")";
    else if (recipe.method == "dps")
        text << "Lower --zeta (now " << recipe.restoration.zeta.value_or(1.0) << ")";
    else if (projected && recipe.sampler == "edm" && recipe.particles > 0)
        text << "Lower --particles (now " << recipe.particles << ")";
    else if (projected && recipe.sampler == "ge" && recipe.gamma > 1)
        text << "Lower --gamma (now " << recipe.gamma << ")";
    else
        text << "Raise --steps, or use another model";
}

} // namespace

std::string describe(const Casualty& casualty, const Recipe& recipe)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "stopped at step " << casualty.step % most_steps_of_level + 1 << " (sigma " << casualty.sigma
         << "): its values were not finite. ";
    name_parameter(text, recipe);
    return text.str();
}

} // namespace lacuna
