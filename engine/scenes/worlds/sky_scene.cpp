// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/sky_scene.h"

#include <vector>

#include "engine/scenes/worlds/shapes.h"

namespace lacuna::scenes {

namespace {

/// One colour over the hours: noon, afternoon, golden hour, sunset, dusk, night.
std::vector<Rgb> hours(std::initializer_list<std::uint32_t> colours)
{
    std::vector<Rgb> stops;
    for (const std::uint32_t colour : colours)
        stops.push_back(hex(colour));
    return stops;
}

struct Family {
    std::vector<Rgb> zenith, middle, horizon, sun, cloud_lit, cloud_shade, land;
};

const Family& vivid()
{
    static const Family family{hours({0x2463b4, 0x3471bb, 0x4470ae, 0x44508f, 0x25336f, 0x0a1230}),
                               hours({0x66a2dc, 0x82b2dc, 0xa6b2c6, 0xa8749c, 0x545894, 0x15234c}),
                               hours({0xc4dff2, 0xe6e6dc, 0xfbd898, 0xff9850, 0xe28a72, 0x32466e}),
                               hours({0xfff6e0, 0xffeec0, 0xffd88c, 0xffac58, 0xff8a5c, 0xdde6ff}),
                               hours({0xffffff, 0xfff6e8, 0xffe2b8, 0xffc494, 0xe2a0a0, 0x8496c0}),
                               hours({0x9db4d0, 0x9dabc4, 0x8c7f9e, 0x654d80, 0x343a6c, 0x1e2a4c}),
                               hours({0xfffaf0, 0xfff0d2, 0xffd298, 0xdc8a70, 0x706a96, 0x38486e})};
    return family;
}

const Family& hazy()
{
    static const Family family{hours({0x1c7cab, 0x4a92b4, 0x6a84b4, 0x74488c, 0x1d4166, 0x08202e}),
                               hours({0x74bed4, 0xa0cad0, 0xd6b8a4, 0xda7490, 0x3f7890, 0x103c4e}),
                               hours({0xe2f0e8, 0xf2ead2, 0xffca88, 0xffb274, 0xf2b890, 0x2c6270}),
                               hours({0xfffae8, 0xfff0c8, 0xffd080, 0xffa070, 0xff9c78, 0xe6f4ee}),
                               hours({0xfffdf6, 0xfff4e0, 0xffdcb0, 0xffc0a8, 0xe6b0a4, 0x84b0b4}),
                               hours({0x94b8c8, 0xa0b0b8, 0x9a8494, 0x6f467c, 0x2c4868, 0x163844}),
                               hours({0xfffcf0, 0xfff2da, 0xffce9c, 0xe08a80, 0x647a90, 0x305460})};
    return family;
}

const Family& pale()
{
    static const Family family{hours({0x6e9cc8, 0x86a8c8, 0x8fa6c8, 0x7888bc, 0x4c5c94, 0x1a2244}),
                               hours({0xa4c6e0, 0xb8cedc, 0xc6c2cc, 0xc0a4c0, 0x8484b4, 0x2a3460}),
                               hours({0xeaf0f2, 0xf4ecdc, 0xfce0b4, 0xfac4a0, 0xe8b4b4, 0x5a6088}),
                               hours({0xfffcf0, 0xfff4d8, 0xffe4ac, 0xffc890, 0xffb098, 0xe4e6ff}),
                               hours({0xffffff, 0xfffaf0, 0xfff0d4, 0xffd8b8, 0xecbcbc, 0x98a4cc}),
                               hours({0xa8b8cc, 0xa8b0c4, 0x9a9cb8, 0x786f9c, 0x565a8c, 0x2a345c}),
                               hours({0xfcfaf6, 0xfcf0dc, 0xf6d8b0, 0xd0a09a, 0x84809e, 0x424c74})};
    return family;
}

SkyPalette palette_at(float hour, Random& random)
{
    const float haze = random.next(), softness = 0.85f * std::pow(random.next(), 2.5f);
    const auto pick = [&](const std::vector<Rgb> Family::*colours) {
        const Rgb strong = mix(ramp(vivid().*colours, hour), ramp(hazy().*colours, hour), haze);
        return mix(strong, ramp(pale().*colours, hour), softness);
    };
    return {pick(&Family::zenith),    pick(&Family::middle),      pick(&Family::horizon), pick(&Family::sun),
            pick(&Family::cloud_lit), pick(&Family::cloud_shade), pick(&Family::land)};
}

/// The sun sinks with the hour; the moon stands high. Neither disc comes into the patch.
void place_sun(SkyScene& scene, Random& random)
{
    const float across = random.next(), up = random.next();
    const float away = scene.patch.x < 0.5f ? 1.0f : -1.0f;
    scene.sun_radius = random.range(0.024f, 0.034f);
    scene.crescent = random.chance(0.5f) ? 1.0f : -1.0f;
    scene.crescent *= random.range(0.45f, 1.3f);
    if (scene.night > 0) {
        scene.sun = {0.5f + away * mix(0.2f, 0.42f, across), mix(0.08f, 0.4f, up)};
    } else {
        const float sunk = smooth(0.0f, 0.62f, scene.hour);
        scene.sun.x = 0.5f + away * mix(mix(0.22f, 0.62f, across), mix(-0.36f, 0.4f, across), sunk);
        scene.sun.y = mix(-0.16f, scene.horizon + 0.03f, sunk) + 0.12f * (up - 0.5f) * (1.2f - sunk)
                      + 0.12f * smooth(0.62f, 0.8f, scene.hour);
    }
    if (rounded_box(scene.sun, scene.patch, scene.patch_half) < 0.06f)
        scene.sun.x = scene.patch.x + away * (scene.patch_half.x + 0.075f);
}

void paint_stars(Painting& painting, const SkyScene& scene)
{
    Random random = sky_random(scene.seed, "stars");
    const Rgb colours[] = {hex(0xffffff), hex(0xcfdcff), hex(0xffe8c8)};
    for (int i = 0; i < 70; ++i) {
        const Point place{random.next(), scene.horizon * (1 - std::pow(random.next(), 0.8f))};
        const float size = 0.0022f + 0.0042f * std::pow(random.next(), 4.0f);
        const float bright =
            scene.night * random.range(0.35f, 1.0f) * smooth(0, 0.25f, scene.horizon - place.y);
        const Rgb colour = colours[random.below(3)];
        painting.over(around(place, 2 * size, 2 * size), [&](Point p) -> Paint {
            return {colour, bright * clamp01(1.6f - length(p - place) / size)};
        });
    }
}

void paint_sun(Painting& painting, const SkyScene& scene)
{
    const float radius = scene.sun_radius;
    const Rgb bright = mix(scene.palette.sun, Rgb{1, 1, 1}, 0.6f);
    const Point shadow = scene.sun + Point{radius * scene.crescent, -0.3f * radius};
    painting.over(around(scene.sun, 1.2f * radius, 1.2f * radius), [&](Point p) -> Paint {
        const float disc = painting.edge(circle(p, scene.sun, radius), 0.006f);
        const float hidden = scene.night > 0 ? painting.edge(circle(p, shadow, radius), 0.012f) : 0;
        return {bright, disc * (1 - 0.93f * hidden)};
    });
}

} // namespace

std::uint32_t sky_salt(std::uint64_t seed, std::string_view purpose)
{
    std::uint32_t salt = hash(std::uint32_t(seed) ^ hash(std::uint32_t(seed >> 32) + 0x736b79U));
    for (const char letter : purpose)
        salt = hash(salt ^ std::uint32_t(static_cast<unsigned char>(letter)));
    return salt;
}

Random sky_random(std::uint64_t seed, std::string_view purpose)
{
    return Random(sky_salt(seed, purpose));
}

SkyScene sky_scene(std::uint64_t seed)
{
    Random random = sky_random(seed, "scene");
    SkyScene scene;
    scene.seed = seed;
    scene.hour = random.next();
    scene.hour *= mix(0.7f, 1.0f, scene.hour); // more days than dusks
    scene.night = smooth(0.8f, 0.92f, scene.hour);
    scene.horizon = random.range(0.785f, 0.815f);
    scene.patch_half = {random.range(0.22f, 0.23f), random.range(0.195f, 0.205f)};
    scene.patch = {random.range(0.29f, 0.71f), random.range(0.25f, 0.32f)};
    scene.palette = palette_at(scene.hour, random);
    scene.palette.sun =
        mix(scene.palette.sun, hex(0xdfe8fa), scene.night > 0 ? 0.6f + 0.4f * scene.night : 0.0f);
    place_sun(scene, random);
    return scene;
}

float sun_glow(const SkyScene& scene, Point p, float width)
{
    const float dx = (p.x - scene.sun.x) / width, dy = (p.y - scene.sun.y) / width;
    const float fall = 1 / (1 + dx * dx + dy * dy);
    return fall * fall;
}

void paint_clear_sky(Painting& painting, const SkyScene& scene)
{
    const SkyPalette& colours = scene.palette;
    const float wide = mix(0.55f, 0.22f, scene.night), strength = mix(0.46f, 0.3f, scene.night);
    float height = -1; // of the row whose colour is kept
    Rgb row{};
    painting.over({0, 0, 1, 1}, [&](Point p) -> Paint {
        if (p.y != height) {
            height = p.y;
            const float t = height / scene.horizon;
            row = mix(mix(colours.zenith, colours.middle, smooth(-0.1f, 0.75f, t)), colours.horizon,
                      smooth(0.35f, 1.02f, t) * 0.95f);
        }
        const float glow = strength * sun_glow(scene, p, wide) + 0.5f * sun_glow(scene, p, 0.1f);
        return {row + (colours.sun - row) * std::min(1.0f, glow), 1};
    });
    if (scene.night > 0)
        paint_stars(painting, scene);
    paint_sun(painting, scene);
}

} // namespace lacuna::scenes
