// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/sky_land.h"

#include <array>

#include "engine/scenes/worlds/shapes.h"

namespace lacuna::scenes {

namespace {

/// The outline of a ridge from the left to the right border.
class Ridge {
public:
    template <typename Height> explicit Ridge(Height&& height)
    {
        for (int i = 0; i <= kPieces; ++i)
            heights_[std::size_t(i)] = height(float(i) / kPieces);
    }
    float at(float x) const
    {
        const float place = clamp01(x) * kPieces;
        const int i = std::min(int(place), kPieces - 1);
        return mix(heights_[std::size_t(i)], heights_[std::size_t(i) + 1], place - float(i));
    }
    /// Rise over a short way to the right.
    float slope(float x) const { return (at(x + 0.02f) - at(x - 0.02f)) * 25; }

private:
    static constexpr int kPieces = 320;
    std::array<float, kPieces + 1> heights_{};
};

/// Round crowns of trees side by side on a ridge.
float crowns(float x, float spacing, std::uint32_t salt)
{
    const int cell = int(std::floor(x / spacing));
    float highest = 0;
    for (int i = cell - 1; i <= cell + 1; ++i) {
        const std::uint32_t bits = hash(i, 5, salt);
        const float radius = spacing * (0.45f + 0.55f * unit(bits));
        const float d = x - spacing * (float(i) + unit(hash(bits)));
        highest = std::max(highest, std::sqrt(std::max(0.0f, radius * radius - d * d)));
    }
    return highest;
}

struct Hill {
    Rgb colour{};
    float air = 0;   ///< 1 at the horizon
    float woods = 0; ///< height of trees on its ridge, 0 for none
    std::uint32_t salt = 0;
};

void paint_hill(Painting& painting, const SkyScene& scene, const Hill& hill, const Ridge& ridge,
                const Ridge& ground)
{
    const float side = scene.sun.x < 0.5f ? -1.0f : 1.0f;
    const float light = mix(0.35f, 0.12f, smooth(0.55f, 0.9f, scene.hour));
    const Rgb near = in_the_air(scene, hill.colour, hill.air);
    const Rgb mist = in_the_air(scene, hill.colour, std::min(1.0f, hill.air + 0.3f));
    painting.over({0, scene.horizon - kLandHeight, 1, 1}, [&](Point p) -> Paint {
        const float depth = p.y - ridge.at(p.x);
        const float alpha = painting.edge(-depth);
        if (alpha <= 0)
            return {{}, 0};
        const float below = p.y - ground.at(p.x);
        const float patches = noise(p.x * 7 + below * 9, p.y * 26, hill.salt);
        const float lit = 1 + light * side * ground.slope(p.x) * smooth(0.16f, 0.0f, below) + 0.13f * patches;
        const float wood = hill.woods > 0 ? smooth(-0.2f * hill.woods, 0.5f * hill.woods, below) : 1.0f;
        return {mix(near, mist, smooth(0.02f, 0.16f, below)) * (lit * mix(0.62f, 1.0f, wood)), alpha};
    });
}

/// A few trees on the nearest hill.
void paint_trees(Painting& painting, const SkyScene& scene, const Ridge& ground, Random& random)
{
    const float side = scene.sun.x < 0.5f ? -1.0f : 1.0f;
    const bool slim = random.chance(0.35f); // poplars
    const Rgb leaves = in_the_air(scene, mix(hex(0x3c5a2c), hex(0x8a6a2c), 0.8f * random.next()), 0.04f);
    const float start = random.range(0.02f, 0.8f);
    const int count = 1 + random.below(5);
    for (int i = 0; i < count; ++i) {
        const float x = start + 0.055f * float(i) + random.range(-0.012f, 0.012f),
                    tall = random.range(0.05f, 0.075f);
        const Point foot{x, ground.at(x) + 0.012f}, crown = foot - Point{0, 0.62f * tall};
        const float wide = tall * (slim ? 0.16f : random.range(0.36f, 0.46f)),
                    high = tall * (slim ? 0.55f : 0.38f);
        const std::uint32_t salt = sky_salt(scene.seed, "trees") + std::uint32_t(i);
        painting.over(around(foot - Point{0, 0.5f * tall}, 0.6f * tall, 0.75f * tall), [&](Point p) -> Paint {
            const float leaf = noise(p.x * 75, p.y * 75, salt);
            const float ball = ellipse(p, crown, wide, high) - 0.005f * leaf;
            const float trunk = capsule(p, crown, foot, 0.0035f, 0.0045f);
            const float light =
                0.8f + 0.3f * side * (p.x - crown.x) / wide - 0.3f * (p.y - crown.y) / high + 0.14f * leaf;
            return {ball < 0 ? leaves * std::max(0.35f, light) : leaves * 0.4f,
                    painting.edge(std::min(ball, trunk))};
        });
    }
}

void paint_boat(Painting& painting, const SkyScene& scene, Random& random)
{
    const Point at{random.range(0.12f, 0.88f), scene.horizon + random.range(0.012f, 0.05f)};
    const float size = 0.5f * (at.y - scene.horizon) + 0.022f, lean = random.range(-0.15f, 0.15f);
    const Rgb cloth = in_the_air(scene, random.chance(0.5f) ? hex(0xf4efe4) : hex(0xc8553d), 0.1f);
    const Rgb wood = in_the_air(scene, hex(0x4a3628), 0.1f);
    const std::array<Point, 3> sail{at + Point{0.15f * size, -0.15f * size},
                                    at + Point{(0.2f + lean) * size, -2.1f * size},
                                    at + Point{1.05f * size, -0.2f * size}};
    const std::array<Point, 3> jib{at + Point{0.02f * size, -0.15f * size},
                                   at + Point{(0.1f + lean) * size, -1.8f * size},
                                   at + Point{-0.75f * size, -0.2f * size}};
    painting.over(around(at, 1.4f * size, 2.3f * size), [&](Point p) -> Paint {
        const float big = painting.edge(polygon(p, sail)), small = painting.edge(polygon(p, jib));
        const float hull =
            painting.edge(std::max(ellipse(p, at, 0.95f * size, 0.26f * size), at.y - p.y - 0.1f * size));
        const float cover = std::max({big, small, hull});
        return {hull > 0 ? wood : cloth * (big > 0 ? 1.0f : 0.8f), cover};
    });
}

/// A spit of land at one border.
void paint_headland(Painting& painting, const SkyScene& scene, Random& random)
{
    const float from = random.chance(0.5f) ? 0.0f : 1.0f, reach = random.range(0.25f, 0.6f);
    const float high = random.range(0.025f, 0.075f);
    const std::uint32_t salt = sky_salt(scene.seed, "headland");
    const Ridge ridge([&](float x) {
        const float t = 1 - std::abs(x - from) / reach;
        return t <= 0 ? 0.0f : high * std::pow(t, 0.7f) * (1 + 0.5f * fbm(x * 9, 0, 3, salt));
    });
    const Rgb colour = in_the_air(scene, hex(0x51603f), random.range(0.3f, 0.65f));
    painting.over({0, scene.horizon - kLandHeight, 1, scene.horizon + 0.01f}, [&](Point p) -> Paint {
        const float top = scene.horizon + 0.004f - ridge.at(p.x);
        const float foot = mix(0.75f, 1.0f, smooth(0.0f, 0.03f, scene.horizon + 0.004f - p.y));
        return {colour * foot, painting.edge(top - p.y) * painting.edge(p.y - scene.horizon - 0.004f)};
    });
}

} // namespace

Rgb in_the_air(const SkyScene& scene, Rgb colour, float air)
{
    const Rgb lit = colour * scene.palette.land;
    const Rgb haze = mix(scene.palette.horizon, scene.palette.middle, 0.35f);
    return mix(lit, haze * 0.9f, air);
}

void paint_hills(Painting& painting, const SkyScene& scene)
{
    Random random = sky_random(scene.seed, "foreground");
    const std::uint32_t salt = sky_salt(scene.seed, "hills");
    const Rgb far = mix(hex(0x6d8f86), hex(0x8a7f8e), random.next());
    Rgb green = mix(hex(0x5f8a3c), hex(0x8f9a45), random.next());
    green = mix(green, hex(0xc09a4c), 0.7f * random.next());
    const float phase = random.range(0, 50), steep = random.range(0.65f, 1.3f), jagged = random.next();
    constexpr int kHills = 4;
    for (int i = 0; i < kHills; ++i) {
        const float t = float(i) / (kHills - 1);
        // The farthest hills stand highest, the nearest one covers the bottom.
        const float foot = scene.horizon + mix(-0.01f, 0.115f, t * t);
        const float rise = steep * mix(0.088f, 0.055f, t), frequency = mix(2.0f, 1.3f, t);
        const float woods = i == 2 ? 0.011f : 0.0f;
        const auto height = [&](float x) {
            const float wave = noise(x * frequency + phase, float(i) * 7.3f, salt);
            const float rough = i < 2 ? 0.22f * jagged * fbm(x * 9 + phase, float(i), 4, salt + 3) : 0.0f;
            const float limit = foot - scene.horizon + kLandHeight - 0.025f;
            return foot - limit * std::tanh(rise * (0.62f + 0.85f * wave + rough) / limit);
        };
        const Ridge ground(height);
        const Ridge ridge(
            [&](float x) { return ground.at(x) - (woods > 0 ? crowns(x, woods, salt) : 0.0f); });
        const Rgb colour = mix(far, green, smooth(0.0f, 0.7f, t)) * mix(1.0f, 0.62f, t);
        paint_hill(painting, scene,
                   {colour, mix(0.68f, 0.02f, std::sqrt(t)), woods, hash(salt + std::uint32_t(i))}, ridge,
                   ground);
        if (i == kHills - 1 && random.chance(0.7f))
            paint_trees(painting, scene, ground, random);
        if (i == 0) // whatever the ridges do, nothing of the sky stays below the horizon
            painting.over({0, scene.horizon, 1, 1}, [&](Point p) -> Paint {
                return {in_the_air(scene, colour, 0.7f), clamp01((p.y - scene.horizon) / 0.02f)};
            });
    }
}

void paint_sea(Painting& painting, const SkyScene& scene)
{
    Random random = sky_random(scene.seed, "foreground");
    const std::uint32_t salt = sky_salt(scene.seed, "sea");
    const Rgb deep =
        mix(scene.palette.zenith * 0.55f, hex(0x1d6a6e) * scene.palette.land, random.range(0.2f, 0.6f));
    const Rgb far = mix(scene.palette.horizon, scene.palette.middle, 0.4f) * 0.82f;
    const float rough = random.range(0.6f, 1.3f), path = 0.16f + 0.5f * std::max(0.0f, -scene.sun.y);
    const float shine = mix(1.0f, 0.55f, smooth(0.62f, 0.75f, scene.hour) * (1 - scene.night));
    const bool headland = random.chance(0.45f), boat = random.chance(0.4f);
    if (headland)
        paint_headland(painting, scene, random);
    painting.over({0, scene.horizon, 1, 1}, [&](Point p) -> Paint {
        const float depth = (p.y - scene.horizon) / (1 - scene.horizon);
        const float near = depth + 0.1f;
        const float swell = noise(2.6f * (p.x - 0.5f) / near + 40, 4.5f / near, salt);
        const float chop = noise(9 * (p.x - 0.5f) / near, 15 / near, salt + 1);
        const float waves = rough * (0.5f * swell + 0.4f * chop);
        Rgb colour =
            mix(far, deep, clamp01(std::pow(depth, 0.6f) * 0.95f + 0.22f * waves * smooth(0, 0.3f, depth)));
        // The light's path on the water breaks up towards the beholder.
        const float across = (p.x - scene.sun.x) / (path * (0.35f + depth));
        const float glitter = smooth(0.1f, 0.75f, waves + 0.75f - 0.45f * depth) / (1 + 3 * across * across);
        colour = mix(colour, mix(scene.palette.sun, scene.palette.horizon, 0.35f), 0.75f * shine * glitter);
        return {colour, clamp01((p.y - scene.horizon) / 0.003f)};
    });
    if (boat)
        paint_boat(painting, scene, random);
}

} // namespace lacuna::scenes
