// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

constexpr float kFront = 0.87f, kBack = 0.985f, kHalf = 0.052f; // the bedside tables
constexpr float kLampDepth = 0.93f;

void paint_table(RoomPainting& painting, float sign)
{
    const Bedroom& room = painting.room();
    const Box box = sign < 0 ? Box{-0.42f, 0.5f, -0.17f, 0.75f} : Box{0.17f, 0.5f, 0.42f, 0.75f};
    const float brink = room.seen({0, kTableTop}, kFront).y;
    painting.over(box, [&](Point q) {
        const Point front = room.place(q, kFront);
        const float x = sign * front.x - kTable; // outwards from the table's middle
        if (std::abs(x) <= kHalf && q.y >= brink) {
            if (front.y > 0.645f)
                return Paint{room.wood * 0.45f,
                             std::abs(x) > kHalf - 0.011f && front.y < 0.66f ? 1.0f : 0.0f};
            const float drawer = std::max(std::abs(x) - kHalf + 0.008f,
                                          std::abs(std::abs(front.y - 0.593f) - 0.025f) - 0.021f);
            const float grain = 1 + 0.06f * noise(front.x * 14, front.y * 110, room.seed + 51);
            const float shade = front.y < kTableTop + 0.008f ? 1.12f
                                : std::abs(drawer) < 0.0022f ? 0.62f
                                                             : 0.88f;
            const float knob = length({x, std::abs(front.y - 0.593f) - 0.025f}) - 0.0058f;
            return Paint{mix(room.wood * (shade * grain * (1 - (front.y - kTableTop))), room.lamp_foot,
                             painting.edge(knob))};
        }
        const float d = room.depth_on_level(q, kTableTop);
        if (q.y < brink && d < kBack) {
            const float inside = std::abs(sign * room.place(q, d).x - kTable) - kHalf;
            return Paint{room.wood * (1.16f - 0.25f * smooth(kFront, kBack, d)), inside <= 0 ? 1.0f : 0.0f};
        }
        // The side towards the bed.
        const float depth = (sign * (kTable - kHalf) - room.vanishing.x) / (q.x - room.vanishing.x);
        const float y = room.place(q, depth).y;
        const bool seen = depth > kFront && depth < kBack && y > kTableTop && y < 0.645f;
        return Paint{room.wood * 0.52f, seen ? 1.0f : 0.0f};
    });
}

/// Where the light of a lamp falls: most at the shade, nothing at the edge of the region.
float glow(Point q)
{
    const float u = (std::abs(q.x) - 0.287f) / (0.163f - kInside), v = (q.y - 0.405f) / (0.198f - kInside);
    const float t = std::max(0.0f, 1 - u * u - v * v);
    return t * t * 1.35f;
}

struct LampShape {
    Point base;                      // where it stands
    float top, bottom, narrow, wide; // of the shade
    bool globe;
};

LampShape lamp_shape(const Bedroom& room, float sign)
{
    const Point base = room.seen({sign * kTable, kTableTop}, kLampDepth);
    if (room.lamp == Bedroom::Lamp::Globe)
        return {base, base.y - 0.150f, base.y - 0.045f, 0.052f, 0.052f, true};
    if (room.lamp == Bedroom::Lamp::Drum)
        return {base, base.y - 0.178f, base.y - 0.092f, 0.047f, 0.052f, false};
    return {base, base.y - 0.182f, base.y - 0.088f, 0.030f, 0.060f, false};
}

float shade_outline(const LampShape& lamp, Point p)
{
    const float middle = 0.5f * (lamp.top + lamp.bottom) - lamp.base.y,
                half = 0.5f * (lamp.bottom - lamp.top);
    if (lamp.globe)
        return circle(p, {0, middle}, half);
    const float t = (p.y - middle) / half;
    const float width = mix(lamp.narrow, lamp.wide, 0.5f + 0.5f * t);
    return std::max(std::abs(p.x) - width,
                    std::abs(p.y - middle - 0.004f * (1 - (p.x * p.x) / (width * width))) - half);
}

float foot_outline(const LampShape& lamp, Bedroom::Lamp kind, Point p)
{
    const float plate = rounded_box(p, {0, -0.004f}, {0.026f, 0.005f}, 0.004f);
    if (lamp.globe)
        return std::min(plate, rounded_box(p, {0, -0.03f}, {0.012f, 0.028f}, 0.004f));
    if (kind == Bedroom::Lamp::Drum)
        return std::min(plate, rounded_box(p, {0, -0.05f}, {0.005f, 0.05f}, 0.002f));
    return std::min(plate, melted(ellipse(p, {0, -0.040f}, 0.026f, 0.036f),
                                  rounded_box(p, {0, -0.08f}, {0.006f, 0.03f}, 0.002f), 0.012f));
}

Rgb shade_colour(const Bedroom& room, const LampShape& lamp, Point p, bool lit)
{
    const float t = clamp01((p.y + lamp.base.y - lamp.top) / (lamp.bottom - lamp.top)); // from its top
    const float u = p.x / lamp.wide;
    if (lit) { // brightest around the bulb
        const float bulb = 1 - clamp01(0.75f * u * u + 1.6f * (t - 0.58f) * (t - 0.58f));
        return mix(hex(0xe79a45) * 0.95f, hex(0xfff0c6) * 1.35f, bulb * bulb);
    }
    const float side = room.from_right > 0 ? u : -u;
    return room.lamp_shade * (0.70f + 0.16f * side - 0.25f * u * u - 0.10f * t);
}

/// The warm light of a lamp on everything around it, and a little haze.
void paint_glow(RoomPainting& painting, const LampShape& lamp, float sign, float level)
{
    const Box box = around({sign * 0.287f, 0.405f}, 0.163f, 0.198f);
    const float bulb = 0.5f * (lamp.top + lamp.bottom);
    const auto strength = [&](Point q) { // a shade lets it out above and below
        const float aside = std::abs(q.x - lamp.base.x),
                    cone = 0.62f + 2.4f * std::abs(q.y - bulb) - 1.6f * aside;
        return glow(q) * (lamp.globe ? 1.0f - 2.0f * aside : clamp01(cone));
    };
    painting.tint(lamps_region, box, [&](Point q) {
        return grey(1) + Rgb{1.10f, 0.72f, 0.36f} * (0.85f * level * strength(q));
    });
    const Rgb haze = hex(0xffb873) * level;
    painting.over(lamps_region, box, [&](Point q) { return Paint{haze, 0.20f * strength(q)}; });
}

void paint_lamp(RoomPainting& painting, float sign, bool lit)
{
    const Bedroom& room = painting.room();
    const LampShape lamp = lamp_shape(room, sign);
    const float level =
        1 / std::max(0.3f, luminance(room.light)); // the lamp does not depend on the room's light
    if (lit)
        paint_glow(painting, lamp, sign, level);
    else
        painting.tint(lamps_region, around({lamp.base.x, lamp.base.y - 0.09f}, 0.1f, 0.12f), [&](Point q) {
            const Point p = q - lamp.base - Point{room.from_right > 0 ? -0.016f : 0.016f, 0.004f};
            return grey(
                1
                - 0.30f
                      * painting.edge(std::min(shade_outline(lamp, p), foot_outline(lamp, room.lamp, p)),
                                      0.025f));
        });
    painting.over(lamps_region,
                  {lamp.base.x - 0.04f, lamp.base.y - 0.12f, lamp.base.x + 0.04f, lamp.base.y + 0.01f},
                  [&](Point q) {
                      const Point p = q - lamp.base;
                      const float d = foot_outline(lamp, room.lamp, p),
                                  round = p.x / 0.028f * (room.from_right > 0 ? 1.0f : -1.0f);
                      const float sheen = smooth(0.35f, 0.0f, std::abs(round - 0.35f));
                      const Rgb warm = lit ? Rgb{1.5f, 1.15f, 0.75f} : grey(1);
                      return Paint{(room.lamp_foot * (0.78f + 0.3f * round) + grey(0.16f * sheen)) * warm,
                                   painting.edge(d)};
                  });
    painting.over(lamps_region,
                  {lamp.base.x - 0.07f, lamp.top - 0.01f, lamp.base.x + 0.07f, lamp.bottom + 0.01f},
                  [&](Point q) {
                      const Point p = q - lamp.base;
                      const float d = shade_outline(lamp, p);
                      Rgb colour = shade_colour(room, lamp, p, lit) * (lit ? level : 1.0f);
                      if (!lamp.globe && d > -0.004f)
                          colour = colour * 0.86f;
                      return Paint{colour, painting.edge(d)};
                  });
}

} // namespace

void paint_tables(RoomPainting& painting)
{
    paint_table(painting, -1);
    paint_table(painting, 1);
}

void paint_lamps(RoomPainting& painting, Lamps lamps)
{
    if (lamps != Lamps::None && lamps != Lamps::RightOnly)
        paint_lamp(painting, -1, lamps != Lamps::BothDark);
    if (lamps != Lamps::None && lamps != Lamps::LeftOnly)
        paint_lamp(painting, 1, lamps != Lamps::BothDark);
}

} // namespace lacuna::scenes
