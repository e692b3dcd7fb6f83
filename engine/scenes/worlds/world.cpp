// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/world.h"

#include <array>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/core/text.h"
#include "engine/scenes/worlds/world_list.h"

namespace lacuna::scenes {

namespace {

constexpr std::uint32_t kAttributeDraws = 0x41545452; // apart from the streams of the samplers

const std::array<const World*, 4>& all_worlds()
{
    static const std::array<const World*, 4> worlds{&portraits(), &cats(), &bedrooms(), &skies()};
    return worlds;
}

} // namespace

Attributes World::draw(std::uint64_t seed) const
{
    Attributes drawn;
    for (const Attribute& attribute : attributes()) {
        const double u = uniform({seed, 0, 0, kAttributeDraws}, drawn.size());
        int value = 0;
        for (double reached = attribute.values[0].probability;
             value + 1 < int(attribute.values.size()) && u >= reached;)
            reached += attribute.values[std::size_t(++value)].probability;
        drawn.push_back(value);
    }
    return drawn;
}

int World::attribute_index(const std::string& wanted) const
{
    std::vector<std::string> names;
    for (const Attribute& attribute : attributes()) {
        if (attribute.name == wanted)
            return int(names.size());
        names.push_back(attribute.name);
    }
    throw Error(ErrorKind::Usage, printable(wanted), "The world " + name() + " has no such attribute.",
                "Choose " + joined(names, " or ") + ".");
}

std::vector<std::string> world_names()
{
    std::vector<std::string> names;
    for (const World* world : all_worlds())
        names.push_back(world->name());
    return names;
}

const World& find_world(const std::string& name)
{
    for (const World* world : all_worlds())
        if (world->name() == name)
            return *world;
    throw Error(ErrorKind::Usage, printable(name), "There is no world of this name.",
                "Choose " + joined(world_names(), " or ") + ".");
}

} // namespace lacuna::scenes
