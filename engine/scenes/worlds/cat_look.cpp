// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_look.h"

namespace lacuna::scenes {

namespace {

Rgb varied(Rgb colour, Random& random, float amount)
{
    const float value = 1 + amount * random.normal();
    const float warmth = 1 + 0.5f * amount * random.normal();
    return {clamp01(colour.r * value * warmth), clamp01(colour.g * value),
            clamp01(colour.b * value / warmth)};
}

void draw_pose(CatLook& look, Random& random)
{
    look.centre = {0.5f + random.range(-0.03f, 0.03f), 0.525f + random.range(-0.02f, 0.02f)};
    const float angle = random.range(-0.09f, 0.09f);
    look.cosine = std::cos(angle);
    look.sine = std::sin(angle);
    look.scale = random.range(0.94f, 1.05f);
    look.shrink = 1 / look.scale;
    look.width = random.range(0.95f, 1.05f);
    look.fluff = random.range(0.6f, 1.5f);
    look.eye_size = random.range(0.93f, 1.05f);
    look.ear_turn = {random.range(-0.1f, 0.12f), random.range(-0.1f, 0.12f)};
    look.ear_height = random.range(0.9f, 1.0f);
    look.gaze = {random.range(-0.005f, 0.005f), random.range(-0.004f, 0.003f)};
    look.pupil = random.range(0.22f, 0.62f);
}

void draw_light(CatLook& look, Random& random)
{
    const float side = random.chance(0.5f) ? 1.0f : -1.0f;
    const float azimuth = side * random.range(0.25f, 1.0f), height = random.range(0.35f, 0.85f);
    look.light_x = std::sin(azimuth) * std::cos(height);
    look.light_y = -std::sin(height);
    look.light_z = std::cos(azimuth) * std::cos(height);
    const float warmth = random.range(-0.4f, 1.0f);
    const float strength = random.range(0.78f, 0.92f);
    look.key = Rgb{1 + 0.1f * warmth, 1.0f, 1 - 0.16f * warmth} * strength;
    look.fill = Rgb{0.93f - 0.05f * warmth, 0.97f, 1.04f + 0.1f * warmth} * random.range(0.15f, 0.24f);
    look.rim = Rgb{1, 0.95f, 0.88f} * random.range(0.08f, 0.3f);
}

void draw_coat(CatLook& look, Random& random)
{
    // Black, grey, ginger, cream, brown, white.
    static const std::array<Rgb, 6> kCoats{hex(0x45404a), hex(0x8b9099), hex(0xd68b4a),
                                           hex(0xdcbf98), hex(0x8d6c50), hex(0xd9d2c9)};
    static const std::array<std::array<int, 6>, 4> kSuited{{
        {0, 1, 2, 3, 4, 5}, // solid
        {1, 2, 3, 4, 4, 1}, // tabby
        {5, 3, 5, 1, 2, 5}, // spots
        {0, 0, 1, 4, 2, 0}, // tuxedo
    }};
    const float u = random.next();
    const int pattern = u < 0.3f ? 0 : u < 0.63f ? 1 : u < 0.8f ? 2 : 3;
    look.pattern = CatPattern(pattern);
    const int base = kSuited[std::size_t(pattern)][std::size_t(random.below(6))];
    const float between = 0.3f * random.next() * random.next();
    look.coat =
        varied(mix(kCoats[std::size_t(base)], kCoats[std::size_t(random.below(5))], between), random, 0.08f);
    const float light = luminance(look.coat);
    if (light > 0.66f) // leaves room for a blaze
        look.coat = look.coat * (0.66f / light);
    look.white = Rgb{0.96f, 0.94f, 0.9f};
    look.pale = mix(look.coat, look.white, random.range(0.15f, 0.35f) * (light < 0.1f ? 0.4f : 1.0f));
    look.dark = look.coat * Rgb{0.3f, 0.25f, 0.23f} + Rgb{0.004f, 0.003f, 0.003f};
    static const std::array<Rgb, 4> kSpots{hex(0x3a3330), hex(0xc9773a), hex(0x6f5340), hex(0x77787f)};
    look.second = varied(kSpots[std::size_t(random.below(4))], random, 0.08f);
    const float depth = luminance(look.second) / luminance(look.coat);
    if (depth > 0.6f && depth < 1.7f) // spots differ clearly from the coat
        look.second = look.second * (0.35f / depth);
    look.pattern_strength = random.range(0.55f, 0.95f);
    look.strand_contrast = random.range(0.1f, 0.2f);
}

void draw_backdrop(CatLook& look, Random& random)
{
    static const std::array<Rgb, 10> kWalls{hex(0x4a9490), hex(0xe08f76), hex(0x4a6798), hex(0xdcb357),
                                            hex(0x86628f), hex(0x8fb07c), hex(0xd67f8c), hex(0x74b0cc),
                                            hex(0xd8c3a0), hex(0x55866a)};
    const int first = random.below(10);
    const Rgb wall =
        varied(mix(kWalls[std::size_t(first)], kWalls[std::size_t(random.below(10))], random.next() * 0.5f),
               random, 0.08f);
    // Dark coats before lighter walls, pale coats before darker ones.
    const float light = luminance(look.coat);
    const float value = (light > 0.4f ? 0.6f : light > 0.12f ? 0.9f : 1.15f) * random.range(0.8f, 1.15f);
    look.wall_top = wall * value;
    look.wall_bottom =
        mix(wall, kWalls[std::size_t(random.below(10))], 0.4f) * (value * random.range(0.45f, 0.8f));
    look.glow = mix(wall, Rgb{1, 0.93f, 0.8f}, random.range(0.3f, 0.65f));
    look.glow_at = {0.5f + look.light_x * 0.5f, random.range(0.15f, 0.5f)};
    look.backdrop = random.below(5);
}

} // namespace

Rgb iris_colour(int kind, Random& random)
{
    static const std::array<Rgb, 4> kIrises{hex(0x86b84f), hex(0xe3bf3f), hex(0xd27a2c), hex(0x5fb0e6)};
    return varied(kIrises[std::size_t(kind)], random, 0.07f);
}

CatLook cat_look(std::uint64_t seed)
{
    CatLook look;
    look.seed = hash(std::uint32_t(seed) ^ hash(std::uint32_t(seed >> 32) + 0x63617473U));
    Random pose(look.seed + 1), light(look.seed + 2), coat(look.seed + 3), eyes(look.seed + 4),
        wall(look.seed + 5);
    draw_pose(look, pose);
    draw_light(look, light);
    draw_coat(look, coat);
    const float u = eyes.next();
    look.iris_kind = u < 0.35f ? 0 : u < 0.62f ? 1 : u < 0.82f ? 2 : 3;
    look.iris = iris_colour(look.iris_kind, eyes);
    draw_backdrop(look, wall);
    return look;
}

Box CatLook::cover(const Box& q) const
{
    Box box{2, 2, -2, -2};
    for (const Point corner :
         {Point{q.left, q.top}, {q.right, q.top}, {q.left, q.bottom}, {q.right, q.bottom}}) {
        const float x = centre.x + scale * (cosine * corner.x - sine * corner.y);
        const float y = centre.y + scale * (cosine * corner.y + sine * corner.x);
        box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x), std::max(box.bottom, y)};
    }
    return box;
}

Random CatLook::random_for(std::string_view attribute) const
{
    std::uint32_t bits = seed;
    for (const char letter : attribute)
        bits = hash(bits ^ std::uint32_t(static_cast<unsigned char>(letter)));
    return Random(bits);
}

} // namespace lacuna::scenes
