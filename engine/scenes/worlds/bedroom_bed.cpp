// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

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

/// Light and dark of the cover's folds, computed on a grid and read between its points.
class Folds {
public:
    explicit Folds(const Bedroom& room)
    {
        const float toward = room.from_right > 0 ? 0.010f : -0.010f;
        for (int v = 0; v < kSide; ++v)
            for (int u = 0; u < kSide; ++u) {
                const float x = kLeft + kWidth * float(u) / (kSide - 1),
                            y = kNear + kDepth * float(v) / (kSide - 1);
                relief_[std::size_t(v * kSide + u)] =
                    height(x, y, room.seed + 35) - height(x + toward, y + 0.016f, room.seed + 35);
            }
        for (int u = 0; u < kSamples; ++u) {
            const float x = kLeft + kWidth * float(u) / (kSamples - 1);
            hanging_[std::size_t(u)] =
                noise(x * 23, 3.5f, room.seed + 33) + 0.5f * noise(x * 51, 8.5f, room.seed + 33);
        }
    }
    /// At x across and y along the bed.
    float relief(float x, float y) const
    {
        const float u = std::clamp((x - kLeft) / kWidth, 0.0f, 0.9999f) * (kSide - 1);
        const float v = std::clamp((y - kNear) / kDepth, 0.0f, 0.9999f) * (kSide - 1);
        const int i = int(u), j = int(v);
        const float* row = relief_.data() + j * kSide + i;
        return mix(mix(row[0], row[1], u - float(i)), mix(row[kSide], row[kSide + 1], u - float(i)),
                   v - float(j));
    }
    /// Of the upright folds over the foot.
    float hanging(float x) const
    {
        const float u = std::clamp((x - kLeft) / kWidth, 0.0f, 0.9999f) * (kSamples - 1);
        const int i = int(u);
        return mix(hanging_[std::size_t(i)], hanging_[std::size_t(i) + 1], u - float(i));
    }

private:
    static constexpr int kSide = 56, kSamples = 192;
    static constexpr float kLeft = -0.22f, kWidth = 0.44f, kNear = 0.48f, kDepth = 0.52f;

    /// Broad waves with a few long creases.
    static float height(float x, float y, std::uint32_t seed)
    {
        const float crease = 1 - std::abs(noise(x * 9 + y * 5, y * 10 - x * 3, seed + 1));
        const float crease_2 = crease * crease, crease_4 = crease_2 * crease_2;
        return 0.7f * noise(x * 6 + y * 3, y * 9, seed) + 0.45f * crease_4 * crease_2;
    }

    std::array<float, kSide * kSide> relief_{};
    std::array<float, kSamples> hanging_{};
};

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
        return Paint{room.wood * (grain * (board < 0 ? 0.84f * contact(at.y - 0.600f, 0.02f, 0.5f) : 0.5f)),
                     painting.edge(d)};
    });
}

/// Light and shade of the cover's cloth; `turn` is 1 where it hangs, `drop` how far below the brink.
float cover_shade(const Folds& folds, Point at, float along, float turn, float drop)
{
    const float u = at.x / kBedHalf, relief = std::clamp(folds.relief(at.x, along), -0.5f, 0.5f);
    const float top = 0.96f + 0.06f * (1 - u * u) + 0.55f * relief;
    const float front = 0.74f + 0.22f * relief + folds.hanging(at.x) * (0.05f + 3.2f * drop) - 1.7f * drop;
    return mix(top, std::max(front, 0.3f), turn);
}

/// The cover: the top of the bed and what hangs over its foot.
void paint_cover(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    const Folds folds(room);
    const float brink = room.seen({0, kMattress}, kFoot).y;
    painting.over({-0.42f, 0.52f, 0.42f, 0.9f}, [&](Point q) {
        const float d = q.y < brink ? room.depth_on_level(q, kMattress) : kFoot;
        if (d > 0.985f)
            return Paint{{}, 0};
        const Point at = room.place(q, d);
        const float drop = q.y < brink ? 0.0f : at.y - kMattress; // below the brink
        const float along = d - drop;
        if (std::abs(at.x) > kBedHalf + 0.02f)
            return Paint{{}, 0};
        const float bulge = std::abs(at.x) < kBedHalf - 0.045f
                                ? 0
                                : 0.003f * noise(along * 16, at.x > 0 ? 1.5f : 7.5f, room.seed + 34);
        const float corner = smooth(0.04f, 0.0f, d - kFoot); // the cover is round at the foot
        const float half = kBedHalf + 0.004f + bulge - 0.004f * corner + 0.05f * drop;
        const float hem =
            0.058f + 0.004f * folds.hanging(at.x) - 0.010f * smooth(0.03f, 0.0f, half - std::abs(at.x));
        const float outline = std::max(std::abs(at.x) - half, drop - hem);
        if (outline > 0.01f)
            return Paint{{}, 0};

        Rgb colour = along > 0.815f ? room.sheet : linen(room, at.x, along);
        if (std::abs(along - 0.81f) < 0.006f)
            colour = colour * (along > 0.81f ? 0.95f : 0.78f); // the turned sheet lies on the cover
        // Light from above: the top is bright, the brink catches it, the hanging part turns away.
        const float turn = smooth(-0.022f, 0.030f, q.y - brink);
        float shade = cover_shade(folds, at, along, turn, drop)
                      + 0.09f * smooth(0.026f, 0.0f, std::abs(q.y - brink + 0.018f));
        shade *= contact(half - std::abs(at.x), 0.035f, 0.74f);
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
