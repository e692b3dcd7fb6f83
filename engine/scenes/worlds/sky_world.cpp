// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/scenes/worlds/shapes.h"
#include "engine/scenes/worlds/sky_clouds.h"
#include "engine/scenes/worlds/sky_flyers.h"
#include "engine/scenes/worlds/sky_land.h"
#include "engine/scenes/worlds/world_list.h"

namespace lacuna::scenes {

namespace {

enum Position { kFlyer, kCloud, kForeground, kAttributes };

/// A colour of the sky in the middle of the patch as far as the clouds decide it.
Rgb behind_flyer(const SkyScene& scene, CloudKind cloud)
{
    const SkyPalette& colours = scene.palette;
    if (cloud == CloudKind::Storm)
        return colours.cloud_shade * 0.4f;
    return mix(colours.zenith, colours.middle, 0.5f);
}

class Skies final : public World {
public:
    const std::string& name() const override { return name_; }
    const std::string& title() const override { return title_; }
    const std::vector<Attribute>& attributes() const override { return attributes_; }
    const std::vector<std::string>& masks() const override { return masks_; }

    Picture render(std::uint64_t seed, const Attributes& attributes, int size) const override
    {
        check(attributes.size() == kAttributes, "a sky has three attributes");
        const SkyScene scene = sky_scene(seed);
        const auto cloud = CloudKind(attributes[kCloud]);
        Painting painting(size);
        paint_clear_sky(painting, scene);
        paint_clouds(painting, scene, cloud, size);
        paint_flyer(painting, scene, Flyer(attributes[kFlyer]), behind_flyer(scene, cloud));
        if (attributes[kForeground] == 0)
            paint_hills(painting, scene);
        else if (attributes[kForeground] == 1)
            paint_sea(painting, scene);
        else
            paint_roofs(painting, scene);
        return painting.develop(0.006f, sky_salt(seed, "grain"));
    }

    Mask mask(std::uint64_t seed, const std::string& name, int size) const override
    {
        const SkyScene scene = sky_scene(seed);
        if (name == "patch")
            return mask_of(size,
                           [&](Point p) { return rounded_box(p, scene.patch, scene.patch_half, 0.05f); });
        if (name == "sky")
            return mask_of(size, [&](Point p) { return p.y - scene.horizon - kSkyMargin; });
        if (name == "ground")
            return mask_of(size, [&](Point p) { return scene.horizon - kLandHeight - kSkyMargin - p.y; });
        if (name == "right-half")
            return mask_of(size, [](Point p) { return 0.5f - p.x; });
        throw Error(ErrorKind::Usage, printable(name), "The world skies has no such mask.",
                    "Choose patch, sky, ground or right-half.");
    }

private:
    std::string name_ = "skies", title_ = "Skies";
    std::vector<Attribute> attributes_{
        {"flyer",
         {{"none", 0.835},
          {"birds", 0.08},
          {"kite", 0.04},
          {"balloon", 0.03},
          {"airship", 0.01},
          {"parachutist", 0.005}},
         "patch"},
        {"cloud", {{"clear", 0.30}, {"wisps", 0.30}, {"cumulus", 0.28}, {"storm", 0.12}}, "sky"},
        {"foreground", {{"hills", 0.45}, {"sea", 0.30}, {"roofs", 0.25}}, "ground"}};
    std::vector<std::string> masks_{"patch", "sky", "ground", "right-half"};
};

} // namespace

const World& skies()
{
    static const Skies world;
    return world;
}

} // namespace lacuna::scenes
