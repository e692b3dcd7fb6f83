// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

enum class Cloth { Plain, Border, Stripes };

/// A filled cushion that leans against what is behind it.
void paint_cushion(RoomPainting& painting, Point centre, Point half, Rgb colour, Cloth cloth, float turn,
                   std::uint32_t seed)
{
    const float light_x = painting.room().from_right > 0 ? 0.10f : -0.10f;
    const auto outline = [=](Point p) { // corners stand out, the edges between them draw in
        const float u = p.x / half.x, v = p.y / half.y;
        const float in_x = 0.07f * half.x * (1 - v * v), in_y = 0.10f * half.y * (1 - u * u);
        return rounded_box(p, {}, {half.x - in_x, half.y - in_y * (v > 0 ? 1.0f : -0.4f)},
                           0.22f * std::min(half.x, half.y));
    };
    const Box box = around(centre, half.x + 0.025f, half.y + 0.03f);
    painting.tint(pillows_region, box, [&](Point q) {
        const float d = outline(turned(q - centre - Point{-0.06f * light_x, 0.008f}, turn));
        return grey(1 - 0.38f * painting.edge(d, 0.03f));
    });
    painting.over(pillows_region, box, [&](Point q) {
        const Point p = turned(q - centre, turn);
        const float d = outline(p);
        if (d > 0.005f)
            return Paint{{}, 0};
        const float u = p.x / half.x, v = p.y / half.y;
        const float height = std::max(0.0f, (1 - u * u) * (1 - v * v));
        float shade =
            0.82f + 0.20f * std::min(1.0f, 2.2f * height) - 0.17f * v * (1 - 0.5f * u * u) + light_x * u;
        shade += 0.05f * noise(q.x * 26, q.y * 30, seed) * (1 - 0.5f * height);
        shade *= contact(-d, 0.010f, 0.84f);
        Rgb paint = colour;
        if (cloth == Cloth::Border && std::abs(d + 0.013f) < 0.0035f)
            paint = mix(colour, painting.room().accent, 0.5f);
        if (cloth == Cloth::Stripes && std::abs(std::abs(u) - 0.42f) < 0.12f)
            paint = mix(colour, hex(0xf1ece2), 0.7f);
        return Paint{paint * shade, painting.edge(d)};
    });
}

} // namespace

void paint_cushions(RoomPainting& painting, Cushions cushions)
{
    const Bedroom& room = painting.room();
    Random random = room.details("cushions");
    const Cloth cloth = random.chance(0.5f) ? Cloth::Border : Cloth::Plain;
    const Cloth front = random.chance(0.5f) ? Cloth::Stripes : Cloth::Plain;
    const float lean = random.range(-0.06f, 0.06f);
    const std::uint32_t seed = room.seed + 41;
    const Rgb second = mix(room.second_accent, room.duvet, 0.25f);
    switch (cushions) {
    case Cushions::Two:
        paint_cushion(painting, {-0.098f, 0.515f}, {0.087f, 0.052f}, room.pillow, cloth, 0.6f * lean, seed);
        paint_cushion(painting, {0.098f, 0.515f}, {0.087f, 0.052f}, room.pillow, cloth, -0.5f * lean,
                      seed + 1);
        break;
    case Cushions::One:
        paint_cushion(painting, {0, 0.517f}, {0.105f, 0.055f}, room.pillow, cloth, 0.5f * lean, seed);
        break;
    case Cushions::Many:
        paint_cushion(painting, {-0.099f, 0.495f}, {0.089f, 0.056f}, room.pillow, cloth, 0.4f * lean, seed);
        paint_cushion(painting, {0.099f, 0.495f}, {0.089f, 0.056f}, room.pillow, cloth, -0.4f * lean,
                      seed + 1);
        paint_cushion(painting, {-0.075f, 0.522f}, {0.060f, 0.048f}, second, Cloth::Plain, lean, seed + 2);
        paint_cushion(painting, {0.075f, 0.522f}, {0.060f, 0.048f}, second, Cloth::Plain, -lean, seed + 3);
        paint_cushion(painting, {0, 0.538f}, {0.052f, 0.036f}, room.accent, front, lean, seed + 4);
        break;
    }
}

} // namespace lacuna::scenes
