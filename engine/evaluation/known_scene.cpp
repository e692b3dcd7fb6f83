// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/known_scene.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/core/text.h"
#include "engine/fill/preview.h"

namespace lacuna {

namespace {

constexpr std::uint64_t probes = 16; ///< scenes whose masks say where attributes are

void require_mask(const scenes::World& world, const std::string& mask)
{
    const std::vector<std::string>& names = world.masks();
    if (std::find(names.begin(), names.end(), mask) != names.end())
        return;
    throw Error(ErrorKind::Usage, "--mask " + printable(mask), "is no mask of the world " + world.name(),
                "Choose from " + joined(names), "Nothing was measured.");
}

} // namespace

KnownScene make_scene(const scenes::World& world, std::uint64_t seed, const std::string& mask, int size)
{
    KnownScene scene{.seed = seed, .attributes = world.draw(seed)};
    scene.picture = world.render(seed, scene.attributes, size);
    scene.mask = world.mask(seed, mask, size);
    return scene;
}

AttributePlaces attribute_places(const scenes::World& world, const std::string& mask, int size)
{
    require_mask(world, mask);
    AttributePlaces places;
    for (std::size_t a = 0; a < world.attributes().size(); ++a) {
        const std::string& own_name = world.attributes()[a].mask;
        bool inside = true, apart = true;
        for (std::uint64_t i = 0; i < probes; ++i) {
            const std::uint64_t seed = held_out_seed(HeldOut::Reference, i);
            const Mask hole = world.mask(seed, mask, size), own = world.mask(seed, own_name, size);
            for (std::size_t p = 0; p < own.values.size(); ++p)
                if (own.values[p] != 0)
                    (hole.values[p] != 0 ? apart : inside) = false;
        }
        if (inside)
            places.inside.push_back(static_cast<int>(a));
        else if (apart)
            places.apart.push_back(static_cast<int>(a));
    }
    return places;
}

scenes::Attributes redrawn(const scenes::World& world, scenes::Attributes attributes,
                           const std::vector<int>& which, std::uint64_t seed)
{
    const scenes::Attributes drawn = world.draw(seed);
    for (const int a : which)
        attributes[static_cast<std::size_t>(a)] = drawn[static_cast<std::size_t>(a)];
    return attributes;
}

Tensor images_of(const std::vector<Picture>& pictures)
{
    std::vector<Tensor> images;
    for (const Picture& picture : pictures)
        images.push_back(tensor_of(picture));
    return at::cat(images);
}

std::vector<Picture> render_all(const scenes::World& world, const std::vector<std::uint64_t>& seeds,
                                const std::vector<scenes::Attributes>& attributes, int size)
{
    std::vector<Picture> pictures(seeds.size());
    parallel_for(seeds.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            pictures[i] = world.render(seeds[i], attributes[i], size);
    });
    return pictures;
}

Tensor hole_of(const Mask& mask)
{
    return at::from_blob(const_cast<std::uint8_t*>(mask.values.data()), {1, 1, mask.height, mask.width},
                         at::kByte)
        .gt(0)
        .to(at::kFloat);
}

} // namespace lacuna
