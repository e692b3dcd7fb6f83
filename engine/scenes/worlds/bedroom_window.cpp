// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

constexpr float kFar = 0.925f, kNear = 0.740f, kTop = 0.125f,
                kSill = 0.405f; // depths and heights of the window

Rgb outside(const Bedroom& room, Window window, Point at, float hills, Point moon)
{
    const float t = (at.y - kTop) / (kSill - kTop),
                hill = hills + 0.10f * noise(at.x * 9, 1.5f, room.seed + 21);
    if (window == Window::Day) {
        const Rgb sky = mix(hex(0x7fb4ea), hex(0xe9f3fb), t * 1.2f) * 1.55f;
        const float cloud = smooth(0.05f, 0.5f, noise(at.x * 12, at.y * 22, room.seed + 22));
        const Rgb land = mix(hex(0x8fae62), hex(0x4c7a45), clamp01((t - hill) * 4)) * 1.25f;
        return t > hill ? land : mix(sky, grey(1.5f), 0.7f * cloud);
    }
    const Rgb sky = mix(hex(0x0a1230), hex(0x2b3a6b), t);
    const float disc = length(at - moon);
    if (t > hill)
        return hex(0x070b18);
    return disc < 0.017f ? hex(0xf6efd2) * 1.3f : sky + hex(0x8090c0) * (0.0016f / (disc + 0.01f));
}

void paint_curtain(RoomPainting& painting, float from, float to)
{
    const Bedroom& room = painting.room();
    const float wide = kWallHalf - room.vanishing.x;
    painting.over(right_wall_region, {0.33f, -0.1f, 0.7f, 0.75f}, [&](Point q) {
        const float d = wide / (q.x - room.vanishing.x);
        const float y = room.place(q, d).y;
        const float flare = 0.018f * smooth(0.1f, 0.6f, y);
        if (d > from + flare || d < to - flare || y < 0.098f || y > 0.575f)
            return Paint{{}, 0};
        const float t = (d - to) / (from - to) * 3.2f, fold = std::abs(t - std::floor(t) - 0.5f) * 2;
        return Paint{room.curtain * ((0.62f + 0.42f * fold) * mix(1.0f, 0.82f, y))};
    });
}

} // namespace

void paint_window(RoomPainting& painting, Window window)
{
    if (window == Window::None)
        return;
    const Bedroom& room = painting.room();
    Random random = room.details("window");
    const float hills = random.range(0.55f, 0.8f);
    const Point moon{random.range(0.79f, 0.87f), random.range(0.17f, 0.22f)};
    const float wide = kWallHalf - room.vanishing.x;
    const bool day = window == Window::Day;

    // The light around it.
    painting.tint(right_wall_region, {0.34f, -0.2f, 0.7f, 0.75f}, [&](Point q) {
        const float fade = clamp01((-kInside - right_wall_region(q)) * 14);
        return mix(grey(1), day ? Rgb{1.32f, 1.36f, 1.40f} : Rgb{0.78f, 0.84f, 0.97f}, fade);
    });
    painting.over(right_wall_region, {0.33f, -0.1f, 0.7f, 0.75f}, [&](Point q) {
        const float d = wide / (q.x - room.vanishing.x);
        const Point at{d, room.place(q, d).y};
        const float frame =
            std::max(std::max(at.x - kFar, kNear - at.x), std::max(at.y - kSill, kTop - at.y));
        if (frame > 0.0f)
            return Paint{{}, 0};
        const float bar =
            std::min(std::abs(at.x - 0.5f * (kFar + kNear)), std::abs(at.y - mix(kTop, kSill, 0.4f)));
        if (frame > -0.014f || bar < 0.006f)
            return Paint{room.trim * (frame > -0.014f && at.x > kFar - 0.014f ? 0.75f : day ? 1.1f : 0.7f)};
        return Paint{outside(room, window, at, hills, moon)};
    });
    painting.over(right_wall_region, {0.33f, -0.1f, 0.7f, 0.75f}, [&](Point q) { // the rod and the sill
        const float d = wide / (q.x - room.vanishing.x);
        const float y = room.place(q, d).y;
        const bool rod = std::abs(y - 0.095f) < 0.005f && d < 0.98f;
        const bool sill = std::abs(y - kSill - 0.007f) < 0.008f && d < kFar + 0.01f && d > kNear - 0.01f;
        return Paint{rod ? room.wood * 0.6f : room.trim * 1.1f, rod || sill ? 1.0f : 0.0f};
    });
    paint_curtain(painting, 0.97f, kFar - 0.02f);
    paint_curtain(painting, kNear + 0.015f, 0.67f);
}

} // namespace lacuna::scenes
