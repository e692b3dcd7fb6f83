// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_brush.h"
#include "engine/scenes/scene_list.h"
#include "engine/scenes/scene_noise.h"
#include "engine/scenes/scene_plants.h"

#include <algorithm>

namespace lacuna::scenes {

namespace {

constexpr float kHorizon = 178;
/// Where the meadow begins below the hills.
constexpr float kEdge = 214;

/// How large things stand at a height of the picture: 1 at the lower border.
float nearness(float y)
{
    return std::max(0.02f, (y - kHorizon) / (kHeight - kHorizon));
}

/// How thick the clouds are: heaps above us, closing up and flattening towards the horizon.
float cloud_density(float x, float y)
{
    const float depth = 1 / (0.20f + (kHorizon - y) / 250);
    const float u = (x - 384) / 235 * (0.60f + 0.26f * depth) + 2.35f, v = depth * 1.55f;
    const float bend = 0.35f * noise(u * 1.7f, v * 1.7f, 11);
    const float heap = fbm(u + bend, v * 1.25f + bend, 3, 12);
    const float billow = 0.5f - std::fabs(noise(u * 5 + bend * 3, v * 5.5f, 15))
                         - 0.5f * std::fabs(noise(u * 11, v * 12 + bend * 4, 16));
    return heap + 0.20f * billow + 0.16f * fbm(u * 9, v * 10, 4, 17);
}

/// The density on a grid of one value a picture pixel, as every pixel asks for several around it.
Plane cloud_plane()
{
    Plane plane(kWidth, int(kHorizon) + 40);
    for_each_row(plane.height, [&](int row) {
        for (int column = 0; column < plane.width; ++column)
            plane.at(column, row) = cloud_density(float(column), std::min(float(row), kHorizon - 4));
    });
    return plane;
}

/// A summer sky with heaped clouds, grey below and white where the sun meets them.
Rgb sky(const Plane& clouds, float x, float y)
{
    const float low = clamp01(y / 190);
    const Rgb blue = ramp({hex(0x3f78b5), hex(0x6a9fd0), hex(0xa2c5e0), hex(0xdce6e6)}, low);
    const float thin = smooth(0.0f, 0.7f, fbm(x / 210 + 3, y / 40 + x / 500, 4, 21));
    const Rgb colour = mix(blue, hex(0xe6eef2), 0.40f * thin);
    const float density = sample(clouds, x, y), cover = 0.06f;
    const float amount = smooth(cover, cover + 0.20f, density);
    if (amount <= 0)
        return colour;
    // What stands between here and the sun, upper left, takes light away.
    float between = 0;
    for (const float step : {3.0f, 8.0f, 17.0f})
        between += std::max(0.0f, sample(clouds, x - 0.55f * step, y - 0.83f * step) - cover);
    const float lit = std::exp(-1.9f * between) + 0.5f * (density - sample(clouds, x - 2, y - 3));
    const Rgb cloud = mix(mix(hex(0x8697b0), hex(0xbcc8d6), low), mix(hex(0xfffcf5), hex(0xfaf2e4), low),
                          clamp01(0.05f + lit * 1.25f));
    return mix(colour, cloud, amount * mix(0.97f, 0.75f, low * low));
}

/// Fields and woods on a slope: patches of several greens with hedges between.
Rgb fields(float x, float y, float size, std::uint32_t seed)
{
    const float u = (x + 14 * noise(x / 60, y / 20, seed)) / size, v = y / (size * 0.26f);
    const Cell cell = cell_noise(u, v, seed + 1);
    const std::vector<Rgb> crops = {hex(0x7f9a4e), hex(0xa3ad5e), hex(0xc4b873), hex(0x6a8a48),
                                    hex(0x8fa65a)};
    const Rgb crop = crops[cell.id % crops.size()] * (0.95f + 0.15f * fbm(x / 8, y / 2.5f, 3, seed + 2));
    const float hedge = smooth(0.10f, 0.05f, cell.second - cell.nearest) * 0.8f;
    const float wood = smooth(0.10f, 0.22f, fbm(x / 50, y / 16, 4, seed + 5));
    const Rgb trees = hex(0x3f5a35) * (0.9f + 0.7f * fbm(x / 3.2f, y / 2.4f, 3, seed + 9));
    return mix(crop, trees, std::max(hedge, wood));
}

struct Hill {
    float base, swing, length;
    Rgb tint;
    float haze, size;
    std::uint32_t seed;
};

Rgb above_meadow(const Plane& clouds, float x, float y)
{
    static const std::vector<Hill> hills = {{150, 26, 210, hex(0x7f9bb8), 0.80f, 70, 31},
                                            {172, 20, 150, hex(0x8aa5b2), 0.56f, 80, 41},
                                            {190, 18, 190, hex(0xa3b7b0), 0.32f, 110, 51}};
    Rgb colour = sky(clouds, x, y);
    for (const Hill& hill : hills) {
        const float top = hill.base - hill.swing * fbm(x / hill.length + float(hill.seed), 0.5f, 4, hill.seed)
                          - 0.9f * std::fabs(noise(x / 3.5f, 1, hill.seed + 3));
        const float cover = clamp01((y - top) * kScale + 0.5f);
        if (cover > 0) {
            const float slope = 0.93f + 0.30f * fbm(x / 60 - y / 40, y / 50, 3, hill.seed + 4);
            colour =
                mix(colour, mix(fields(x, y, hill.size, hill.seed) * slope, hill.tint, hill.haze), cover);
        }
    }
    return colour;
}

/// The middle of the path at a height of the picture, and half its width.
float path_middle(float y)
{
    const float t = nearness(y);
    return 470 + 120 * std::sin(5.4f * std::pow(t, 0.6f) - 0.9f) * (0.30f + 0.9f * t) + 60 * t;
}
float path_width(float y)
{
    return 2.4f + 40 * std::pow(nearness(y), 1.2f);
}
float path_distance(float x, float y)
{
    const float ragged = 0.16f * fbm((x - 384) / (6 + 40 * nearness(y)), 9 * std::log(nearness(y)), 3, 61);
    return std::fabs(x - path_middle(y)) / path_width(y) + ragged;
}

struct Shadow {
    Point middle;
    float radius_x, radius_y;
};

/// Sunlight on the ground: less below the trees and where a cloud passes.
float ground_light(float x, float y)
{
    static const std::vector<Shadow> shadows = {
        {{158, 259}, 118, 15}, {{672, 236}, 90, 8}, {{585, 228}, 40, 5}, {{352, 226}, 30, 4}};
    float light = 1.08f - 0.42f * smooth(0.0f, 0.38f, fbm(x / 240 + 5, 2.6f * std::log(nearness(y)), 3, 71));
    for (const Shadow& shadow : shadows) {
        const float dx = (x - shadow.middle.x) / shadow.radius_x,
                    dy = (y - shadow.middle.y) / shadow.radius_y;
        const float dapple = 0.25f * noise(x / 7, y / 3, 75);
        light *= 1 - 0.52f * smooth(1.15f, 0.6f, std::sqrt(dx * dx + dy * dy) + dapple);
    }
    return light;
}

/// The colour of the grass at a place: fresh, dry and dark patches, paler far away.
Rgb grass(float x, float y)
{
    const float near = nearness(y), u = (x - 384) / (near + 0.25f), v = 520 / (near + 0.25f);
    const float lush = fbm(u / 170, v / 300, 4, 81), dry = fbm(u / 110 + 8, v / 260, 4, 86);
    Rgb colour = ramp({hex(0x486b28), hex(0x66882f), hex(0x86a33c), hex(0xa9b850)}, 0.5f + 0.8f * lush);
    colour = mix(colour, hex(0xc2b468), 0.55f * smooth(0.08f, 0.5f, dry));
    return mix(colour, hex(0xa9bb7c), 0.55f * smooth(0.22f, 0.0f, near));
}

Rgb ground(float x, float y)
{
    const float near = nearness(y), light = ground_light(x, y);
    const float fine = fbm(x / (1.5f + 5 * near), y / (1 + 7 * near), 4, 91);
    const Rgb turf = grass(x, y) * (mix(0.92f, 0.55f, smooth(0, 0.4f, near)) * (1 + 0.35f * fine));
    const float distance = path_distance(x, y);
    const float rut = 0.84f + 0.16f * smooth(0.10f, 0.30f, std::fabs(distance - 0.52f));
    const float across = x - path_middle(y), along = 60 * std::log(near);
    const float pebbles = fbm(across / (0.7f + 2.2f * near), along, 3, 95)
                          + 0.6f * fbm(across / (6 + 24 * near), along / 9, 3, 98);
    Rgb earth =
        mix(hex(0xc4ab84), hex(0xe6d6b6), clamp01(0.5f + pebbles)) * (rut * (0.92f + 0.30f * pebbles));
    // Grass has come back between the two ruts.
    earth = mix(earth, turf * 1.15f, 0.75f * smooth(0.26f, 0.05f, distance + 0.35f * fine));
    return mix(earth, turf, smooth(0.82f, 1.02f, distance)) * light;
}

/// Which flower stands at a place, if any: clumps of one kind, some mixed, bare grass between.
int flower_at(float x, float y, Random& random)
{
    const float near = nearness(y), u = (x - 384) / (near + 0.12f) / 118, v = 4.3f * std::log(near + 0.05f);
    const float wu = u + 0.45f * noise(u * 1.5f, v * 1.5f, 101),
                wv = v + 0.45f * noise(u * 1.5f + 9, v * 1.5f, 102);
    const Cell cell = cell_noise(wu, wv, 103);
    const float dense = smooth(0.62f, 0.12f, cell.nearest) * (unit(hash(cell.id + 5)) < 0.80f ? 1.0f : 0.12f);
    if (random.next() > 0.05f + 0.75f * dense)
        return -1;
    if (random.chance(0.22f))
        return random.below(kFlowers);
    return int(hash(cell.id + 1) % unsigned(kFlowers));
}

void paint_tuft(Canvas& canvas, float x, float y, Random& random)
{
    const float near = nearness(y), light = ground_light(x, y);
    const float height = (2.0f + 34 * near) * random.range(0.55f, 1.15f);
    const float wind = height * (0.16f + 0.22f * noise(x / 90, y / 60, 111) + 0.20f * random.normal());
    const Rgb base = grass(x, y) * light;
    const Rgb tip = mix(base, hex(0xd6d888) * light, random.range(0.10f, 0.50f));
    draw(canvas, Blade{{x, y},
                       {x + wind * 0.15f, y - height * 0.6f},
                       {x + wind, y - height},
                       0.28f + 1.25f * near,
                       base * random.range(0.34f, 0.62f),
                       tip * random.range(0.85f, 1.15f),
                       0.95f});
}

/// Grass and flowers from far to near, so that the near ones stand before the far ones.
void paint_growth(Canvas& canvas, float from, float to)
{
    Random random(121U + std::uint32_t(from));
    for (float y = from; y < to;) {
        const float near = nearness(y), spacing = 1.5f + 3.3f * near;
        for (float x = -8; x < kWidth + 8; x += spacing) {
            const float px = x + random.range(-0.6f, 0.6f) * spacing,
                        py = y + random.range(-1, 1) * (0.5f + 1.5f * near);
            const float beside = path_distance(px, py), middle = random.next();
            if (beside < 0.88f + 0.2f * middle && beside > 0.16f * middle)
                continue;
            paint_tuft(canvas, px, py, random);
            if (!random.chance(0.17f))
                continue;
            const int kind = flower_at(px, py, random);
            if (kind >= 0)
                paint_flower(canvas, Flower(kind), {px, py - 8 * near},
                             (0.55f + 5.4f * near) * random.range(0.75f, 1.2f),
                             0.25f + 0.8f * ground_light(px, py), hash(int(px * 16), int(py * 16), 122));
        }
        y += 0.7f + 2.2f * near;
    }
}

/// The wood at the meadow's edge.
void paint_wood(Canvas& canvas)
{
    Random random(131);
    for (int i = 0; i < 64; ++i) {
        const float x = float(i) * 12.4f + random.range(-8, 8);
        const float size = random.range(9, 20) * (0.75f + 0.6f * std::fabs(noise(x / 90, 2, 132)));
        paint_tree(canvas, {{x, kEdge + random.range(-2, 3)},
                            size,
                            size * random.range(1.0f, 1.5f),
                            mix(hex(0x243f22), hex(0x35502c), random.next()),
                            mix(hex(0x71894a), hex(0x9aa352), random.next()),
                            0.20f,
                            140U + unsigned(i)});
    }
}

/// The single trees in the meadow, the farthest first.
std::vector<Tree> single_trees()
{
    return {{{345, 222}, 42, 40, hex(0x2a4626), hex(0x9fb255), 0.18f, 201},
            {{572, 226}, 56, 50, hex(0x2a4627), hex(0xa9ad52), 0.15f, 212},
            {{690, 232}, 100, 98, hex(0x1e3a1d), hex(0x94ab48), 0.08f, 203},
            {{632, 236}, 76, 72, hex(0x2a4520), hex(0xb3b552), 0.08f, 204},
            {{132, 254}, 176, 196, hex(0x152c14), hex(0x9fb445), 0.0f, 215}};
}

} // namespace

Example meadow()
{
    Canvas canvas(0, 0, kWidth, kHeight);
    const Plane clouds = cloud_plane();
    shade(canvas, [&](float x, float y) {
        const float edge = kEdge + 2.5f * noise(x / 60, 3, 151);
        return y < edge ? above_meadow(clouds, x, y) : ground(x, y);
    });
    paint_wood(canvas);
    float grown = kEdge + 1;
    for (const Tree& tree : single_trees()) {
        paint_growth(canvas, grown, tree.foot.y);
        grown = tree.foot.y;
        paint_tree(canvas, tree);
    }
    paint_growth(canvas, grown, kHeight + 26);
    bloom(canvas, 0.7f, 12, 0.20f);
    Picture picture = develop(canvas, {1.05f, 0.20f, 0.014f, 1.03f, 152});
    return {"meadow", "Summer meadow", std::move(picture), blob_mask({300, 372}, 68, 62, 153)};
}

} // namespace lacuna::scenes
