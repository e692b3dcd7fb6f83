// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_plants.h"

#include "engine/scenes/scene_brush.h"
#include "engine/scenes/scene_noise.h"

namespace lacuna::scenes {

namespace {

const Rgb kAir = hex(0xb9cbd9);

/// One round mass of leaves in a crown, in units of the crown.
struct Clump {
    float x, y, radius;
};

/// Masses of leaves filling an uneven oval, from the back and the top to the front and the bottom.
std::vector<Clump> crown(Random& random, float breadth)
{
    std::vector<Clump> clumps;
    const int count = breadth > 60 ? 58 : 26;
    const float low = random.range(0, 6.28f);
    for (int i = 0; i < count; ++i) {
        const float angle = 6.283f * random.next();
        const float reach = 0.86f + 0.11f * std::sin(3 * angle + low) + 0.08f * std::sin(5 * angle + 2 * low);
        const float out = reach * std::sqrt(random.next());
        const float x = out * std::cos(angle), y = out * std::sin(angle);
        clumps.push_back({x, y > 0 ? y * 0.85f : y, random.range(0.12f, 0.24f) * (count > 30 ? 1.0f : 1.3f)});
    }
    return clumps;
}

void paint_trunk(Canvas& canvas, const Tree& tree, Random& random)
{
    const float h = tree.height, thick = 0.032f * h;
    const Rgb bark = mix(hex(0x4b3d31), kAir, tree.haze), sunny = mix(hex(0x8c7458), kAir, tree.haze);
    const Point knee{tree.foot.x - 0.012f * h, tree.foot.y - 0.14f * h},
        fork{tree.foot.x + 0.01f * h, tree.foot.y - 0.34f * h};
    draw(canvas,
         Stroke{
             {tree.foot.x, tree.foot.y + 0.01f * h}, knee, thick * 1.35f, thick * 0.85f, bark * 0.8f, bark});
    draw(canvas, Stroke{knee, fork, thick * 0.85f, thick * 0.7f, bark, bark});
    for (int i = 0; i < 12; ++i) {
        const float across = random.range(-0.75f, 0.3f) * thick, up = random.range(0.0f, 0.26f) * h;
        draw(canvas, Stroke{{tree.foot.x + across, tree.foot.y - up},
                            {tree.foot.x + across * 0.8f, tree.foot.y - up - 0.07f * h},
                            thick * 0.14f,
                            thick * 0.05f,
                            sunny,
                            sunny,
                            random.range(0.2f, 0.75f)});
    }
    for (int i = 0; i < 9; ++i) {
        const float angle = mix(-2.7f, -0.45f, (float(i) + random.next()) / 9),
                    length = h * random.range(0.22f, 0.42f);
        draw(canvas, Blade{{fork.x, fork.y + 0.06f * h},
                           {fork.x + 0.4f * length * std::cos(angle), fork.y - 0.25f * length},
                           {fork.x + length * std::cos(angle), fork.y + length * std::sin(angle)},
                           thick * 0.55f,
                           bark,
                           bark});
    }
}

/// The leaves of one mass: dark ones first, then the lit ones on its sunny side.
void paint_clump(Canvas& canvas, const Tree& tree, const Clump& clump, Random& random)
{
    const float radius_y = tree.height * 0.40f, radius_x = tree.breadth * 0.5f;
    const Point middle{tree.foot.x, tree.foot.y - tree.height * 0.60f};
    const float leaf = 0.62f + 0.0058f * tree.height;
    const float whole_light = 0.50f - 0.42f * clump.x - 0.58f * clump.y;
    const int count = int(4.2f * clump.radius * clump.radius * radius_x * radius_y / (leaf * leaf)) + 6;
    for (int i = 0; i < count; ++i) {
        const float tone = float(i) / float(count);
        const float angle = random.range(0, 6.283f),
                    out = std::sqrt(random.next()) * (random.chance(0.12f) ? 1.3f : 1.0f);
        // Later leaves gather at the upper left of the mass.
        const float u = out * std::cos(angle) * (1 - 0.45f * tone) - 0.26f * tone;
        const float v = out * std::sin(angle) * (1 - 0.45f * tone) - 0.36f * tone;
        const float light =
            clamp01(0.85f * whole_light * (0.30f + 0.95f * tone) + 0.09f * random.normal() - 0.10f * v);
        Rgb colour = mix(tree.dark, tree.light, smooth(0.02f, 0.95f, light));
        colour = mix(colour * random.range(0.78f, 1.22f), kAir, tree.haze);
        draw(canvas, Dab{{middle.x + (clump.x + u * clump.radius * 1.15f) * radius_x,
                          middle.y + (clump.y + v * clump.radius) * radius_y},
                         leaf * random.range(0.9f, 1.7f),
                         leaf * random.range(0.5f, 0.9f),
                         random.range(0, 3.14f),
                         colour,
                         0.95f,
                         0.3f});
    }
}

/// Petals in a ring, seen at a slant.
void ring(Canvas& canvas, Point at, float size, int petals, float length, float width, Rgb colour, float turn,
          float light)
{
    for (int i = 0; i < petals; ++i) {
        const float angle = turn + 6.283f * float(i) / float(petals);
        const float dx = std::cos(angle), dy = 0.62f * std::sin(angle);
        const Rgb shade = colour * (light * (0.80f - 0.22f * dy - 0.12f * dx));
        draw(canvas, Dab{{at.x + dx * size * 0.55f, at.y + dy * size * 0.55f},
                         size * length,
                         size * width,
                         std::atan2(dy, dx),
                         shade,
                         1,
                         0.25f});
    }
}

void lupin(Canvas& canvas, Point at, float size, float light, Random& random)
{
    const Rgb colour = mix(hex(0x6a4fb0), hex(0xa55fb4), random.next());
    for (int i = 0; i < 22; ++i) {
        const float up = float(i) / 22, wide = size * 0.62f * (1 - 0.75f * up);
        const float side = random.range(-1, 1);
        draw(canvas, Dab{{at.x + side * wide, at.y - size * (3.0f * up - 0.6f)},
                         size * mix(0.34f, 0.16f, up),
                         size * mix(0.26f, 0.14f, up),
                         random.range(0, 3),
                         mix(colour, hex(0xd9c6f0), 0.35f * random.next()) * (light * (0.95f - 0.3f * side)),
                         1,
                         0.3f});
    }
}

} // namespace

void paint_tree(Canvas& canvas, const Tree& tree)
{
    Random random(tree.seed);
    const std::vector<Clump> clumps = crown(random, tree.breadth);
    paint_trunk(canvas, tree, random);
    for (const Clump& clump : clumps)
        paint_clump(canvas, tree, clump, random);
}

void paint_flower(Canvas& canvas, Flower kind, Point foot, float size, float light, std::uint32_t seed)
{
    Random random(seed);
    const float stem = size * random.range(2.2f, 4.2f), lean = size * random.range(-0.9f, 0.9f);
    const Point at{foot.x + lean, foot.y - stem};
    if (size > 1.1f)
        draw(canvas, Blade{foot,
                           {foot.x, foot.y - stem * 0.6f},
                           at,
                           std::max(0.25f, size * 0.13f),
                           hex(0x3d5a26) * light,
                           hex(0x6f8f3c) * light});
    const float turn = random.range(0, 6.28f), vary = random.range(0.85f, 1.12f) * light;
    switch (kind) {
    case Flower::Poppy:
        ring(canvas, at, size, 4, 0.75f, 0.72f, mix(hex(0xd5301f), hex(0xe8532c), random.next()), turn,
             vary * 1.15f);
        draw(canvas,
             Dab{{at.x, at.y + size * 0.05f}, size * 0.30f, size * 0.22f, 0, hex(0x2a1a22), 0.9f, 0.4f});
        break;
    case Flower::Daisy:
        ring(canvas, at, size * 0.95f, size > 2 ? 11 : 6, 0.52f, 0.20f, hex(0xfbf6ea), turn, vary * 1.2f);
        draw(canvas, Dab{at, size * 0.34f, size * 0.25f, 0, hex(0xeab022) * vary, 1, 0.3f});
        break;
    case Flower::Cornflower:
        ring(canvas, at, size * 0.95f, 8, 0.50f, 0.22f, mix(hex(0x3f63c8), hex(0x6a86e0), random.next()),
             turn, vary * 1.2f);
        draw(canvas, Dab{at, size * 0.32f, size * 0.26f, 0, hex(0x4a2f86) * vary, 1, 0.5f});
        break;
    case Flower::Buttercup:
        ring(canvas, at, size * 0.72f, 5, 0.60f, 0.52f, hex(0xf6cf2b), turn, vary * 1.15f);
        draw(canvas, Dab{at, size * 0.22f, size * 0.16f, 0, hex(0xc98f14) * vary, 1, 0.4f});
        break;
    case Flower::Lupin:
        lupin(canvas, {at.x, at.y + size}, size * 1.15f, vary, random);
        break;
    case Flower::Mallow:
        ring(canvas, at, size * 0.95f, 5, 0.62f, 0.48f, mix(hex(0xe58ab4), hex(0xf2b3cc), random.next()),
             turn, vary * 1.1f);
        draw(canvas, Dab{at, size * 0.25f, size * 0.2f, 0, hex(0xf6e8b0) * vary, 1, 0.4f});
        break;
    }
}

} // namespace lacuna::scenes
