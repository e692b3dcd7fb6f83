// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

/// 1 in the even stripes, 0 in the odd ones, with slightly soft edges.
float stripes(float x, float width)
{
    const float t = x / (2 * width);
    const float saw = std::abs(t - std::floor(t) - 0.5f) * 4 - 1;
    return clamp01(0.5f + saw * 6);
}

/// The paper at a place on the far wall.
Rgb paper(const Bedroom& room, Point q)
{
    if (room.paper == Bedroom::Paper::Stripes)
        return mix(room.wall, room.second_wall, stripes(q.x, room.stripe));
    if (room.paper == Bedroom::Paper::Panels && q.y > 0.455f) {
        const float rail = q.y - 0.455f;
        const float x = q.x / 0.115f - std::floor(q.x / 0.115f) - 0.5f;
        const float inset = std::max(std::abs(x) * 0.115f - 0.043f, std::abs(q.y - 0.55f) - 0.065f);
        const float line = std::abs(inset) < 0.003f ? (x + (q.y - 0.55f) * 8 < 0 ? 0.86f : 1.08f) : 1.0f;
        return rail < 0.009f ? room.trim * 1.04f : mix(room.trim, room.wall, 0.35f) * line;
    }
    return room.wall;
}

/// A wall's darkening at these distances from its neighbour, the ceiling and the floor.
float corner_shade(float side, float up, float down)
{
    const float a = side + 0.036f, b = up + 0.04f, c = down + 0.045f;
    return (a - 0.011f) * (b - 0.010f) * (c - 0.010f) / (a * b * c);
}

Rgb far_wall(const Bedroom& room, Point q)
{
    const float side = kWallHalf - std::abs(q.x), up = q.y - kCeiling, down = kFloor - q.y;
    const float shade = corner_shade(side, up, down);
    if (down < 0.027f)
        return room.trim * (shade * (down > 0.024f ? 1.12f : down > 0.021f ? 0.85f : 0.98f));
    if (up < 0.014f && room.paper != Bedroom::Paper::Stripes)
        return room.trim * (shade * (up < 0.010f ? 1.02f : 0.84f)); // the moulding under the ceiling
    return paper(room, q) * shade;
}

Rgb side_wall(const Bedroom& room, Point at, float d, float sign)
{
    const float corner = 1 - d, up = at.y - kCeiling, down = kFloor - at.y;
    const float facing = 0.86f - 0.22f * sign * room.from_right;
    const float shade = facing * corner_shade(corner, up, down);
    if (down < 0.027f)
        return room.trim * (shade * (down > 0.024f ? 1.1f : 0.97f));
    if (up < 0.014f && room.paper != Bedroom::Paper::Stripes)
        return room.trim * (shade * (up < 0.010f ? 1.02f : 0.84f));
    if (room.paper == Bedroom::Paper::Panels && down < kFloor - 0.455f)
        return mix(room.trim, room.wall, down > kFloor - 0.464f ? 0.0f : 0.35f) * shade;
    return (room.paper == Bedroom::Paper::Stripes
                ? mix(room.wall, room.second_wall, stripes(1 - d, room.stripe))
                : room.wall)
           * shade;
}

/// Boards or carpet at a place given by x and the depth.
Rgb bare_floor(const Bedroom& room, float x, float d)
{
    if (room.carpet)
        return room.floor * (1 + 0.10f * noise(x * 55, d * 55, room.seed + 11));
    const float across = x / room.board + 100;
    const int board = int(across);
    const float along = d * 2.2f + unit(hash(board, 3, room.seed));
    const std::uint32_t bits = hash(board, int(along), room.seed + 12);
    const float in = across - float(board), end = along - std::floor(along);
    const float gap = std::min(std::min(in, 1 - in) * room.board, std::min(end, 1 - end) * 0.2f);
    const float grain = noise(x * 130, d * 9 + float(bits & 15u), room.seed + 13);
    return room.floor * ((0.9f + 0.2f * unit(bits) + 0.05f * grain) * (gap < 0.0018f ? 0.72f : 1));
}

/// The floor, or the rug on it.
Rgb covered_floor(const Bedroom& room, float x, float d)
{
    const float distance = room.rug ? rounded_box({x, d}, {0, 0.585f}, {0.29f, 0.135f}, 0.02f) : 1.0f;
    if (distance > 0)
        return bare_floor(room, x, d) * contact(distance, 0.012f, 0.75f);
    const float weave = 1 + 0.05f * noise(x * 80, d * 80, room.seed + 14);
    const bool border = distance > -0.034f && distance < -0.022f;
    return (border ? mix(room.rug_colour, room.accent, 0.55f) : room.rug_colour) * weave;
}

Rgb floor_at(const Bedroom& room, float x, float d)
{
    const float bed = rounded_box({x, d}, {0, 0.78f}, {kBedHalf - 0.01f, 0.78f - kFoot - 0.01f}, 0.02f);
    if (bed < -0.06f) // hidden by the bed
        return room.floor * 0.28f;
    const float table = rounded_box({std::abs(x), d}, {kTable, 0.93f}, {0.05f, 0.06f}, 0.01f);
    const float shade = contact(bed, 0.10f, 0.30f) * contact(table, 0.06f, 0.5f) * (1 - 0.012f / (1.04f - d))
                        * (1 - 0.006f / (kWallHalf + 0.03f - std::abs(x)));
    return covered_floor(room, x, d) * shade;
}

} // namespace

void paint_shell(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    const Point v = room.vanishing;
    const float left = -kWallHalf - v.x, right = kWallHalf - v.x, up = kCeiling - v.y, down = kFloor - v.y;
    painting.over({-0.7f, -0.2f, 0.7f, 1.2f}, [&](Point q) {
        const Point from = q - v;
        const float across = from.x / (from.x > 0 ? right : left),
                    upright = from.y / (from.y > 0 ? down : up);
        const float nearness = std::max(across, upright); // 1 / d on the plane that is hit first
        if (nearness <= 1)
            return Paint{far_wall(room, q)};
        const float d = 1 / nearness;
        const Point at = room.place(q, d);
        if (across > upright)
            return Paint{side_wall(room, at, d, from.x > 0 ? 1.0f : -1.0f)};
        if (from.y < 0)
            return Paint{room.ceiling * (0.86f * (1 - 0.012f / (1.04f - d)))};
        return Paint{floor_at(room, at.x, d)};
    });
}

void paint_light(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    painting.tint({-0.7f, -0.2f, 0.7f, 1.2f}, [&](Point q) {
        const float y = q.y - 0.45f;
        const float slope = 1 + room.from_right * q.x - room.from_above * y;
        return room.light * (slope * (1.03f - 0.45f * (q.x * q.x + y * y)));
    });
}

} // namespace lacuna::scenes
