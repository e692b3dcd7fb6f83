// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/shapes.h"
#include "engine/scenes/worlds/sky_land.h"

namespace lacuna::scenes {

namespace {

/// A gabled house that reaches below the picture.
struct House {
    float middle = 0, half = 0.1f; ///< along x
    float eaves = 0, gable = 0;    ///< heights of the roof's lower and upper edge
    bool front = true;             ///< the gable looks at us, or the long side
    Rgb wall{}, roof{};
    float air = 0;
    std::uint32_t id = 0;
};

/// Signed distance to the roof with its overhang.
float roof_distance(const House& house, Point p)
{
    const float high = house.eaves - house.gable;
    const float t = clamp01((p.y - house.gable) / high);
    const float half = house.half * 1.1f * (house.front ? t : mix(0.8f, 1.0f, t));
    return std::max({std::abs(p.x - house.middle) - half, house.gable - p.y, p.y - house.eaves - 0.004f});
}

/// Lit windows in rows; 0 where there is wall. `lamp`: whether somebody is in.
float window_cover(const House& house, Point p, bool& lamp)
{
    const float width = house.half * 0.42f, height = width * 1.5f;
    const float u = (p.x - house.middle) / width + 8, v = (p.y - house.eaves - 0.02f) / height;
    if (std::abs(p.x - house.middle) > house.half * 0.8f || v < 0)
        return 0;
    const float a = u - std::floor(u), b = v - std::floor(v);
    lamp = unit(hash(int(u), int(v), house.id)) < 0.45f;
    return std::abs(a - 0.5f) < 0.26f && b > 0.1f && b < 0.66f ? 1.0f : 0.0f;
}

void paint_house(Painting& painting, const SkyScene& scene, const House& house)
{
    const float side = scene.sun.x < house.middle ? -1.0f : 1.0f;
    const float dark = smooth(0.55f, 0.75f, scene.hour);
    const Rgb wall = in_the_air(scene, house.wall, house.air),
              roof = in_the_air(scene, house.roof, house.air);
    const Rgb lamp = mix(hex(0xffb84d), in_the_air(scene, hex(0xffb84d), house.air), 0.4f);
    const Rgb pane = in_the_air(scene, hex(0x4a5660), house.air);
    const float ridge = 0.012f * (1 - house.air);
    painting.over(
        {house.middle - 1.15f * house.half, house.gable, house.middle + 1.15f * house.half, 1},
        [&](Point p) -> Paint {
            const float x = (p.x - house.middle) / house.half;
            const float roof_cover = painting.edge(roof_distance(house, p));
            if (roof_cover > 0.5f && !house.front) {
                const float tile = 0.5f + 0.5f * std::sin((p.y - house.gable) * 620);
                const float top = smooth(ridge, 0, p.y - house.gable) * 0.35f;
                return {roof * (0.88f + 0.1f * tile + 0.1f * x * side + top), roof_cover};
            }
            const bool under = p.y > house.eaves || (house.front && roof_distance(house, p) < -0.012f);
            if (under && std::abs(x) < 1) {
                const float edge = p.y > house.eaves ? 1.0f : painting.edge(roof_distance(house, p) + 0.012f);
                const float shadow = mix(0.7f, 1.0f, smooth(0.0f, 0.02f, std::abs(p.y - house.eaves)));
                bool lit = false;
                const float window = window_cover(house, p, lit);
                const Rgb glass = lit ? mix(pane, lamp, dark) : pane;
                const Rgb plaster = wall * ((0.9f + 0.14f * x * side) * mix(1.0f, shadow, 0.6f));
                return {mix(plaster, glass, window), edge};
            }
            return {roof * (x * side > 0 ? 1.05f : 0.78f), roof_cover};
        });
}

void paint_chimney(Painting& painting, const SkyScene& scene, const House& house, Random& random)
{
    const float x = house.middle + house.half * random.range(-0.5f, 0.5f), half = 0.1f * house.half + 0.004f;
    const float top = std::max(house.gable - 0.02f, scene.horizon - kLandHeight + 0.003f);
    const Rgb brick = in_the_air(scene, hex(0x8a5a48), house.air);
    const Rgb cap = in_the_air(scene, hex(0x4c4240), house.air);
    painting.over({x - 1.3f * half, top, x + 1.3f * half, mix(house.gable, house.eaves, 0.7f)},
                  [&](Point p) -> Paint {
                      const bool on_cap = p.y < top + 0.008f;
                      const float cover = painting.edge(std::abs(p.x - x) - (on_cap ? 1.25f : 1.0f) * half);
                      return {on_cap ? cap : brick * (p.x < x ? 1.0f : 0.85f), cover};
                  });
}

/// A church far away.
void paint_spire(Painting& painting, const SkyScene& scene, Random& random)
{
    const float x = random.range(0.15f, 0.85f), half = random.range(0.018f, 0.028f);
    const float top = scene.horizon - kLandHeight + random.range(0.004f, 0.02f), shoulder = top + 0.06f;
    const Rgb stone = in_the_air(scene, hex(0xb8a488), 0.4f), slate = in_the_air(scene, hex(0x46607a), 0.4f);
    painting.over({x - half, top, x + half, 1}, [&](Point p) -> Paint {
        const float t = (p.y - top) / (shoulder - top);
        const float reach = t < 1 ? half * t : 0.8f * half;
        const float side = p.x < x ? 1.0f : 0.82f;
        return {(t < 1 ? slate : stone) * side, painting.edge(std::abs(p.x - x) - reach)};
    });
}

} // namespace

void paint_roofs(Painting& painting, const SkyScene& scene)
{
    Random random = sky_random(scene.seed, "foreground");
    const Rgb walls[] = {hex(0xe8d8bc), hex(0xd9b48c), hex(0xc9c4b8),
                         hex(0xd8a890), hex(0xb9c4c8), hex(0xe6c878)};
    const Rgb roofs[] = {hex(0xb5533a), hex(0x9a4434), hex(0xc47a4a), hex(0x6a5a5a), hex(0x556070)};
    const int accent = random.below(5);
    painting.over({0, scene.horizon - 0.004f, 1, 1}, [&](Point p) -> Paint {
        return {in_the_air(scene, hex(0x7a7468), 0.6f), painting.edge(scene.horizon - p.y, 0.004f)};
    });
    if (random.chance(0.6f))
        paint_spire(painting, scene, random);
    constexpr int kRows = 3;
    for (int row = 0; row < kRows; ++row) {
        const float t = float(row) / (kRows - 1), width = mix(0.055f, 0.15f, t);
        const float shift = random.range(-1, 0) * width;
        std::uint32_t number = 0;
        for (float x = shift; x < 1.1f; ++number) {
            House house;
            house.half = 0.5f * width * random.range(0.8f, 1.25f);
            house.middle = x + house.half;
            const float high = random.range(0, 1);
            house.gable = scene.horizon + mix(-0.062f, 0.055f, t) - mix(0.045f, 0.06f, t) * high;
            house.eaves = house.gable + mix(0.035f, 0.075f, t) * random.range(0.85f, 1.15f);
            house.front = random.chance(0.5f);
            house.wall = walls[random.below(6)];
            house.roof = roofs[random.chance(0.55f) ? accent : random.below(5)];
            house.roof = house.roof * random.range(0.85f, 1.1f);
            house.air = mix(0.45f, 0.0f, t);
            house.id = sky_salt(scene.seed, "house") + 100 * std::uint32_t(row) + number;
            paint_house(painting, scene, house);
            if (row > 0 && random.chance(0.6f))
                paint_chimney(painting, scene, house, random);
            x += 2 * house.half * random.range(0.92f, 1.08f);
        }
    }
}

} // namespace lacuna::scenes
