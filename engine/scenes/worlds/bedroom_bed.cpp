// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

/// The shape of the headboard on the far wall.
float headboard(const Bedroom& room, Point q)
{
    const float half = kBedHalf + 0.014f;
    if (room.head == Bedroom::Head::Arch) {
        const float t = q.x / half, top = room.head_top + 0.055f * t * t;
        return std::max(std::abs(q.x) - half, (top - q.y) * 0.9f);
    }
    return rounded_box(q, {0, room.head_top + 0.15f}, {half, 0.15f}, 0.014f);
}

Rgb headboard_colour(const Bedroom& room, Point q, float d)
{
    const float down = (q.y - room.head_top) / 0.15f;
    float shade = 1.08f - 0.28f * down;
    if (room.head == Bedroom::Head::Channels) { // upright cushions of cloth
        const float t = (q.x + 0.5f) / 0.0412f + 0.5f, u = (t - std::floor(t)) * 2 - 1;
        shade *= 1.05f - 0.42f * u * u * u * u;
    } else if (room.head == Bedroom::Head::Slats) {
        const float t = (q.x + 0.5f) / 0.036f + 0.5f, u = std::abs(t - std::floor(t) - 0.5f);
        if (d < -0.022f)
            shade *= u > 0.36f ? 0.55f : 1.0f - 0.2f * u;
    } else {
        shade *= 1 + 0.05f * noise(q.x * 12, q.y * 90, room.seed + 31);
        if (room.head == Bedroom::Head::Panel && std::abs(d + 0.026f) < 0.0035f)
            shade *= 0.78f;
    }
    return room.head_colour * (shade * (d > -0.007f ? 1.14f : 1));
}

/// The pattern of the cover at x across and d along the bed.
Rgb linen(const Bedroom& room, float x, float along)
{
    const Rgb second = mix(room.duvet, luminance(room.duvet) > 0.35f ? room.accent : hex(0xf0ece4), 0.40f);
    if (room.linen == Bedroom::Linen::Stripes) {
        const float t = x / 0.064f + 0.5f, u = std::abs(t - std::floor(t) - 0.5f);
        return mix(room.duvet, second, clamp01((0.17f - u) * 12));
    }
    if (room.linen == Bedroom::Linen::Quilt) {
        const float s = (x + along) / 0.075f, t = (x - along) / 0.075f;
        const float u = s - std::floor(s) - 0.5f, w = t - std::floor(t) - 0.5f;
        return room.duvet * (1.06f - 0.9f * (u * u * u * u + w * w * w * w) * 1.6f);
    }
    if (room.linen == Bedroom::Linen::Bands) {
        const float edge = kBedHalf - 0.035f - std::abs(x);
        return std::abs(edge) < 0.009f ? second : room.duvet;
    }
    return room.duvet;
}

/// Light and dark of the folds of cloth.
float folds(float x, float y, std::uint32_t seed)
{
    const float a = noise(x, y, seed), b = noise(x + 0.35f, y + 0.25f, seed);
    return clamp01(0.5f + (a - b) * 1.1f) - 0.5f;
}

void paint_frame(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    painting.over({-0.42f, 0.75f, 0.42f, 1.05f}, [&](Point q) {
        const Point at = room.place(q, kFoot + 0.008f);
        const float board = rounded_box(at, {0, 0.617f}, {kBedHalf - 0.004f, 0.017f}, 0.004f);
        const float leg =
            rounded_box({std::abs(at.x), at.y}, {kBedHalf - 0.02f, 0.64f}, {0.011f, 0.02f}, 0.002f);
        const float d = std::min(board, leg);
        const float grain = 1 + 0.06f * noise(at.x * 10, at.y * 120, room.seed + 32);
        return Paint{room.wood * (grain * (board < 0 ? 0.78f : 0.5f)), painting.edge(d)};
    });
}

/// The cover: the top of the bed and what hangs over its foot.
void paint_cover(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    const float brink = room.seen({0, kMattress}, kFoot).y, side = room.from_right > 0 ? 1.0f : -1.0f;
    const float hem = 0.600f;
    painting.over({-0.42f, 0.52f, 0.42f, 0.9f}, [&](Point q) {
        const float d = q.y < brink ? room.depth_on_level(q, kMattress) : kFoot;
        if (d > 0.985f)
            return Paint{{}, 0};
        const Point at = room.place(q, d);
        const float drop = q.y < brink ? 0.0f : at.y - kMattress; // below the brink
        const float along = d - drop;
        const float wave = noise(at.x * 21, 3.5f, room.seed + 33);
        const float soft = 0.022f * smooth(0.02f, 0.0f, kBedHalf - std::abs(at.x)); // rounded corners
        const float half = kBedHalf + 0.004f + 0.003f * noise(d * 14, at.x > 0 ? 1.5f : 7.5f, room.seed + 34);
        const float outline =
            std::max(std::abs(at.x) - half, drop - (hem - kMattress) - 0.004f * wave + 0.4f * soft);
        if (outline > 0.01f)
            return Paint{{}, 0};

        const bool sheet = along > 0.815f;
        Rgb colour = sheet ? room.sheet : linen(room, at.x, along);
        if (std::abs(along - 0.81f) < 0.006f)
            colour = colour * (along > 0.81f ? 0.93f : 0.80f); // the turned sheet lies on the cover
        // Light from above: the top is bright, the brink turns away, the hanging part has upright folds.
        const float turn = smooth(-0.035f, 0.03f, q.y - brink);
        float shade = mix(1.0f, 0.70f, turn)
                      + 0.30f * mix(1.0f, 0.5f, turn) * folds(at.x * 8, along * 9, room.seed + 35);
        shade += turn * 0.07f * wave - 0.9f * drop;
        const float rim = kBedHalf - side * at.x;
        shade *= contact(half - std::abs(at.x), 0.035f, 0.74f) * (1 + 0.06f * clamp01(1 - rim / 0.06f));
        shade *= contact(0.985f - d, 0.14f, 0.66f); // under the headboard
        return Paint{colour * shade, painting.edge(outline / d)};
    });
}

} // namespace

void paint_headboard(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    const float x = room.from_right > 0 ? -0.012f : 0.012f;
    painting.tint({-0.26f, 0.33f, 0.26f, 0.66f}, [&](Point q) {
        return grey(1 - 0.42f * painting.edge(headboard(room, q - Point{x, 0.0f}), 0.035f));
    });
    painting.over({-0.23f, 0.37f, 0.23f, 0.6f}, [&](Point q) {
        const float d = headboard(room, q);
        return d > 0.01f ? Paint{{}, 0} : Paint{headboard_colour(room, q, d), painting.edge(d)};
    });
}

void paint_bed(RoomPainting& painting)
{
    paint_frame(painting);
    paint_cover(painting);
}

} // namespace lacuna::scenes
