// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/examples.h"

#include "engine/core/error.h"
#include "engine/scenes/scene_list.h"

namespace lacuna {

std::vector<std::string> example_ids()
{
    return {"harbour", "meadow", "wall"};
}

Example render_example(const std::string& id)
{
    if (id == "harbour")
        return scenes::harbour();
    if (id == "meadow")
        return scenes::meadow();
    if (id == "wall")
        return scenes::wall();
    throw Error(ErrorKind::Usage, printable(id), "No example has this name.",
                "Choose harbour, meadow or wall.");
}

} // namespace lacuna
