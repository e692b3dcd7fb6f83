// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

Box grown(Point centre, Point half, float by)
{
    return around(centre, half.x + by, half.y + by);
}

/// The soft shadow on the wall of a thing whose outline is `distance`.
template <typename Distance> void wall_shadow(RoomPainting& painting, const Box& box, Distance distance)
{
    const float x = painting.room().from_right > 0 ? -0.008f : 0.008f;
    painting.tint(above_bed_region, box, [&](Point q) {
        return grey(1 - 0.45f * painting.edge(distance(q - Point{x, 0.010f}), 0.026f));
    });
}

/// A painted landscape or a few large shapes; u runs over the sheet from -1 to 1.
struct Motif {
    explicit Motif(Random& random, const Bedroom& room)
        : kind(random.below(3)),
          seed(std::uint32_t(random.next() * 65536)),
          sun{random.range(-0.5f, 0.5f), random.range(-0.55f, -0.1f)},
          size(random.range(0.22f, 0.4f)),
          warm(mix(room.accent, hex(0xd89a5a), random.next())),
          cool(mix(room.second_accent, hex(0x3f6380), random.next()))
    {
    }
    Rgb at(Point u) const
    {
        if (kind == 0) { // hills under a sun
            const float far = 0.1f + 0.25f * noise(u.x * 1.3f, 0.3f, seed),
                        near = 0.45f + 0.3f * noise(u.x, 4.3f, seed);
            if (u.y > near)
                return cool * 0.7f;
            if (u.y > far)
                return mix(cool, hex(0xc8d2d0), 0.4f);
            return length(u - sun) < size ? warm : mix(hex(0xdfe6e4), hex(0xf0d8b8), 0.5f + 0.5f * u.y);
        }
        if (kind == 1) { // two round shapes
            if (length(u - sun) < size + 0.2f)
                return warm;
            return length(u + sun * 1.1f) < size + 0.12f ? cool : hex(0xe9e0d0);
        }
        const float wave = u.y + 0.35f * noise(u.x * 1.1f, 2.2f, seed); // bands of the sea
        return wave < -0.2f   ? hex(0xe6dfd0)
               : wave < 0.15f ? warm
               : wave < 0.5f  ? mix(warm, cool, 0.6f)
                              : cool;
    }

    int kind;
    std::uint32_t seed;
    Point sun;
    float size;
    Rgb warm, cool;
};

void paint_picture(RoomPainting& painting, Point centre, Point half, const Motif& motif, Rgb frame,
                   float mount)
{
    const auto outline = [=](Point q) { return rounded_box(q, centre, half, 0.002f); };
    wall_shadow(painting, grown(centre, half, 0.03f), outline);
    painting.over(above_bed_region, grown(centre, half, 0.01f), [&](Point q) {
        const float d = outline(q);
        Rgb colour;
        if (d > -0.010f)
            colour = frame * ((q.y - centre.y) * half.x < (q.x - centre.x) * half.y ? 1.15f : 0.85f);
        else if (d > -0.010f - mount)
            colour = hex(0xeee9df) * contact(-0.010f - d, 0.006f, 0.78f);
        else {
            const Point u{(q.x - centre.x) / (half.x - 0.010f - mount),
                          (q.y - centre.y) / (half.y - 0.010f - mount)};
            colour = motif.at(u);
            if (std::abs(u.x * 0.6f + u.y - 0.1f) < 0.12f)
                colour = mix(colour, grey(1), 0.04f); // the glass
        }
        return Paint{colour, painting.edge(d)};
    });
}

void paint_mirror(RoomPainting& painting, Random& random)
{
    const Bedroom& room = painting.room();
    const bool tall = random.chance(0.5f);
    const Point centre{0, 0.195f}, half = tall ? Point{0.088f, 0.118f} : Point{0.135f, 0.095f};
    const Rgb frame = random.chance(0.5f) ? hex(0xc9a24e) : room.wood * 0.8f;
    const auto outline = [=](Point q) { return ellipse(q, centre, half.x, half.y); };
    wall_shadow(painting, grown(centre, half, 0.03f), outline);
    painting.over(above_bed_region, grown(centre, half, 0.01f), [&](Point q) {
        const float d = outline(q);
        const Point u{(q.x - centre.x) / half.x, (q.y - centre.y) / half.y};
        if (d > -0.013f) {
            const float round = 1 - std::abs(d + 0.0065f) / 0.0065f;
            return Paint{frame * (0.65f + 0.75f * round - 0.3f * u.y * round), painting.edge(d)};
        }
        // What the glass shows: the bright wall behind the camera, a doorway and the floor.
        Rgb seen = mix(hex(0xe6eef4), hex(0xb9c6d2), 0.5f + 0.5f * u.y);
        if (u.y > 0.45f)
            seen = mix(room.floor, hex(0x9fb0bd), 0.45f);
        else if (std::abs(u.x - 0.25f) < 0.17f && u.y > -0.35f)
            seen = hex(0x71818f);
        const float streak = u.x + 0.8f * u.y;
        if (std::abs(streak + 0.35f) < 0.14f || std::abs(streak + 0.02f) < 0.05f)
            seen = mix(seen, grey(1.25f), 0.6f);
        return Paint{seen * contact(-0.013f - d, 0.02f, 0.7f)};
    });
}

void paint_clock(RoomPainting& painting, Random& random)
{
    const Point centre{0, 0.20f};
    const float radius = 0.082f, hour = random.range(0, 6.2831853f), minute = hour * 12;
    const Rgb rim = random.chance(0.5f) ? hex(0x24262b) : painting.room().accent * 0.7f;
    const auto outline = [=](Point q) { return circle(q, centre, radius); };
    wall_shadow(painting, around(centre, radius + 0.03f, radius + 0.03f), outline);
    const Point short_hand{0.040f * std::sin(hour), -0.040f * std::cos(hour)};
    const Point long_hand{0.060f * std::sin(minute), -0.060f * std::cos(minute)};
    std::array<Point, 12> marks;
    for (int i = 0; i < 12; ++i)
        marks[std::size_t(i)] = {std::sin(float(i) * 0.5235988f) * 0.060f,
                                 std::cos(float(i) * 0.5235988f) * 0.060f};
    painting.over(above_bed_region, around(centre, radius + 0.01f, radius + 0.01f), [&](Point q) {
        const float d = outline(q);
        if (d > -0.014f)
            return Paint{rim * (1 - 4 * (q.y - centre.y)), painting.edge(d)};
        const Point p = q - centre;
        Rgb colour = hex(0xf5f1e6) * contact(-0.014f - d, 0.012f, 0.72f);
        for (const Point mark : marks)
            colour = mix(colour, hex(0x3a3a3e), painting.edge(length(p - mark) - 0.0042f));
        const float hands =
            std::min(capsule(p, {}, short_hand, 0.008f, 0.006f), capsule(p, {}, long_hand, 0.006f, 0.004f));
        return Paint{mix(colour, hex(0x1b1c20), painting.edge(std::min(hands, length(p) - 0.010f)))};
    });
}

} // namespace

void paint_wall_thing(RoomPainting& painting, WallThing thing)
{
    const Bedroom& room = painting.room();
    Random random = room.details("wall");
    const Rgb frame = random.chance(0.4f)   ? hex(0x2b2a2c)
                      : random.chance(0.5f) ? room.wood * 0.8f
                                            : hex(0xe8e2d6);
    const Motif motif(random, room), other(random, room);
    const float wide = random.range(0.115f, 0.15f), high = random.range(0.085f, 0.105f);
    if (thing == WallThing::Picture)
        paint_picture(painting, {0, 0.20f}, {wide, high}, motif, frame, 0.020f);
    if (thing == WallThing::TwoPictures) {
        paint_picture(painting, {-0.094f, 0.20f}, {0.066f, 0.09f}, motif, frame, 0.014f);
        paint_picture(painting, {0.094f, 0.20f}, {0.066f, 0.09f}, other, frame, 0.014f);
    }
    if (thing == WallThing::Mirror)
        paint_mirror(painting, random);
    if (thing == WallThing::Clock)
        paint_clock(painting, random);
}

} // namespace lacuna::scenes
