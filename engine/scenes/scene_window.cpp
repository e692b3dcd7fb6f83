// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_window.h"

#include "engine/scenes/scene_noise.h"

namespace lacuna::scenes {

namespace {

/// Dressed stone: a smooth block with worn edges.
void block(Relief& relief, float x0, float y0, float x1, float y1, float level, Rgb stone, std::uint32_t seed)
{
    relief.box(x0 - 1, y0 - 1, x1 + 1, y1 + 1, [&](float x, float y, float& height, Rgb& paint) {
        const float wear = 0.7f * noise(x / 6, y / 6, seed);
        const float inside = std::min(std::min(x - x0, x1 - x), std::min(y - y0, y1 - y)) + wear * 0.6f;
        if (inside < 0)
            return;
        height = level * smooth(-0.6f, 1.6f, inside) + 0.35f * fbm(x / 5, y / 5, 3, seed + 1);
        const float stain = 0.9f + 0.16f * fbm(x / 11, y / 16, 4, seed + 2);
        paint = stone * stain * (0.8f + 0.2f * smooth(0, 2, inside));
    });
}

/// Glass with a reflected sky, a curtain behind it and painted bars.
void panes(Relief& relief, const Window& w, float x0, float y0, float x1, float y1)
{
    const float curtain = 0.12f + 0.30f * unit(hash(w.seed)), tilt = unit(hash(w.seed + 1)) - 0.5f;
    relief.box(x0, y0, x1, y1, [&](float x, float y, float& height, Rgb& paint) {
        const float u = (x - x0) / (x1 - x0), v = (y - y0) / (y1 - y0);
        const float frame = std::min(std::min(x - x0, x1 - x), std::min(y - y0, y1 - y));
        const float bar_x = std::fabs(u - 0.5f) * (x1 - x0), bar_y = std::fabs(std::fmod(v * 3, 1.0f) - 0.5f);
        const bool wood = frame < 3 || bar_x < 1.7f || (bar_y > 0.5f - 0.028f && frame > 2);
        height = wood ? -6.0f : -9.0f;
        if (wood) {
            paint = hex(0xe8e2d4) * (0.88f + 0.10f * noise(x / 2, y / 9, w.seed + 4));
            return;
        }
        const float cloud = fbm(u * 1.7f + tilt * 3, v * 2.2f + tilt, 4, w.seed + 5);
        const Rgb glass =
            mix(hex(0x1f2a35), hex(0x6d8aa3), clamp01(0.55f - 0.75f * v + 0.5f * cloud + tilt * u));
        const float side = std::min(u, 1 - u) + 0.06f * std::sin(v * 5 + tilt * 8) + 0.10f * v - 0.05f;
        const float fold = 0.5f + 0.5f * std::sin(side * 90 + 3 * v);
        paint =
            mix(hex(0xcfc6b4) * (0.45f + 0.3f * fold), glass, smooth(curtain - 0.02f, curtain + 0.02f, side));
    });
}

/// One wooden wing with slats.
void shutter(Relief& relief, float x0, float y0, float x1, float y1, float level, Rgb colour,
             std::uint32_t seed)
{
    const float middle = (y0 + y1) / 2;
    relief.box(x0, y0, x1, y1, [&](float x, float y, float& height, Rgb& paint) {
        const float border = std::min(std::min(x - x0, x1 - x), std::min(y - y0, y1 - y));
        const bool rail = border < 3.2f || std::fabs(y - middle) < 2.4f;
        const float slat = std::fmod(y - y0, 3.75f) / 3.75f;
        const float grain = fbm(x / (rail ? 2.0f : 9.0f), y / (rail ? 12.0f : 1.2f), 3, seed);
        height =
            level + (rail ? 1.0f - 0.8f * smooth(1.2f, 0.0f, border) : -1.2f + 1.9f * slat) + 0.18f * grain;
        const float worn = smooth(0.16f, 0.42f, fbm(x / 6, y / 11, 4, seed + 3) + (rail ? 0.10f : 0.0f));
        const Rgb fresh = colour * (0.92f + 0.18f * grain + 0.12f * fbm(x / 20, y / 30, 2, seed + 6));
        paint = mix(fresh, mix(fresh, hex(0xa89a86), 0.7f), worn);
        if (!rail && slat < 0.20f)
            paint = paint * 0.45f;
    });
    for (const float hinge : {y0 + 9, y1 - 9})
        relief.box(x0 + 1, hinge - 0.8f, x1 - 5, hinge + 0.8f, [&](float, float, float& height, Rgb& paint) {
            height = level + 1.6f;
            paint = hex(0x38343a);
        });
}

/// A terracotta trough on the sill, full of flowers.
void flower_box(Relief& relief, const Window& w, float y)
{
    const float x0 = w.middle.x - w.width * 0.52f, x1 = w.middle.x + w.width * 0.52f;
    relief.box(x0, y, x1, y + 12, [&](float x, float row, float& height, Rgb& paint) {
        const float lip = row - y < 2.6f ? 1.6f : 0.0f;
        const float inset = (row - y) * 0.10f;
        if (x < x0 + inset || x > x1 - inset)
            return;
        height = 10 + lip + 0.25f * fbm(x / 3, row / 3, 3, w.seed + 20);
        paint = hex(0xb5673f) * (0.86f + 0.25f * fbm(x / 8, row / 5, 3, w.seed + 21) - 0.012f * (row - y));
    });
    plant(relief, {w.middle.x, y - 2}, w.width * 0.50f, 8, 12, w.flowers, 150, w.seed + 22);
    plant(relief, {w.middle.x, y + 6}, w.width * 0.44f, 6, 13, w.flowers, 55, w.seed + 23);
}

} // namespace

void plant(Relief& relief, Point centre, float spread_x, float spread_y, float level, Rgb blossom, int count,
           std::uint32_t seed)
{
    Random random(seed);
    for (int i = 0; i < count; ++i) {
        const float along = random.range(-1, 1);
        const Point at{centre.x + along * spread_x,
                       centre.y + std::fabs(random.normal()) * -spread_y * 0.7f * (1.15f - along * along)
                           + random.range(-2, 4)};
        const float depth = float(i) / float(count);
        const bool flower = depth > 0.35f && random.chance(0.42f);
        const Rgb green = mix(hex(0x3f6a2c), hex(0x86a94a), random.next());
        const Rgb petal = mix(blossom, blossom * random.range(0.7f, 1.2f), 0.8f);
        lay(relief, Leaf{at, flower ? random.range(1.7f, 2.9f) : random.range(2.4f, 4.6f),
                         random.range(0, 6.28f), level + 4 * depth, random.range(-0.35f, 0.35f),
                         random.range(-0.2f, 0.5f), flower ? petal : green, flower ? 5 : 0, flower});
    }
}

void build(Relief& relief, const Window& w)
{
    const float x0 = w.middle.x - w.width / 2, x1 = w.middle.x + w.width / 2;
    const float y0 = w.middle.y - w.height / 2, y1 = w.middle.y + w.height / 2;
    const Rgb stone = hex(0xd8c9ac);
    // The surround: uneven quoins at both sides, a lintel of three stones, a sill.
    for (int i = 0; i < 5; ++i) {
        const float top = mix(y0, y1, float(i) / 5), bottom = mix(y0, y1, float(i + 1) / 5);
        const float reach = i % 2 ? 6.0f : 9.0f;
        block(relief, x0 - reach, top + 0.4f, x0, bottom - 0.4f, 2.2f, stone, w.seed + 30U + unsigned(i));
        block(relief, x1, top + 0.4f, x1 + reach, bottom - 0.4f, 2.2f, stone, w.seed + 40U + unsigned(i));
    }
    for (int i = 0; i < 3; ++i)
        block(relief, mix(x0 - 10, x1 + 10, float(i) / 3) + 0.4f, y0 - 11,
              mix(x0 - 10, x1 + 10, float(i + 1) / 3) - 0.4f, y0, i == 1 ? 3.4f : 2.4f, stone,
              w.seed + 50U + unsigned(i));
    panes(relief, w, x0, y0, x1, y1);
    block(relief, x0 - 9, y1, x1 + 9, y1 + 6.5f, 8, hex(0xdccfb6), w.seed + 60);
    const float wing = w.width / 2;
    if (w.closed) {
        shutter(relief, x0 + 0.5f, y0 + 0.5f, w.middle.x - 0.4f, y1, -1, w.shutter, w.seed + 70);
        shutter(relief, w.middle.x + 0.4f, y0 + 0.5f, x1 - 0.5f, y1, -0.6f, w.shutter, w.seed + 71);
    } else {
        shutter(relief, x0 - wing - 2, y0 - 1, x0 - 1.5f, y1 + 1, 4.5f, w.shutter, w.seed + 72);
        shutter(relief, x1 + 1.5f, y0 - 1, x1 + wing + 2, y1 + 1, 4.5f, w.shutter, w.seed + 73);
    }
    if (luminance(w.flowers) > 0)
        flower_box(relief, w, y1 + 2);
}

} // namespace lacuna::scenes
