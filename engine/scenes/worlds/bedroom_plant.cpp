// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

/// A leaf from its stalk to its tip: wide in the middle, bent towards `bend`.
void paint_leaf(RoomPainting& painting, Point from, Point bend, Point tip, float width, Rgb colour)
{
    const Box box{std::min({from.x, bend.x, tip.x}) - width, std::min({from.y, bend.y, tip.y}) - width,
                  std::max({from.x, bend.x, tip.x}) + width, std::max({from.y, bend.y, tip.y}) + width};
    const Point line = tip - from;
    const float span = std::max(length(line), 1e-4f);
    const Point ahead = line * (1 / span), across{-ahead.y, ahead.x};
    const float sag = dot(bend - from, across);
    painting.over(corners_region, box, [&](Point q) {
        const Point p = q - from;
        const float t = dot(p, ahead) / span;
        if (t < 0 || t > 1)
            return Paint{{}, 0};
        const float v = dot(p, across) - 2 * sag * t * (1 - t);
        const float half = width * 2.1f * std::sqrt(t) * (1 - t) + 0.0015f;
        if (std::abs(v) > half + 0.004f)
            return Paint{{}, 0};
        const float rib = std::abs(v) < 0.0018f ? 1.22f : 1.0f;
        const float shade = (v * ahead.x < 0 ? 1.12f : 0.84f) * rib * (0.72f + 0.42f * t);
        return Paint{colour * shade, painting.edge(std::abs(v) - half)};
    });
}

void paint_pot(RoomPainting& painting, Point base, float high, float wide, Rgb colour)
{
    painting.tint(corners_region, around(base, 0.13f, 0.04f), [&](Point q) {
        return grey(1 - 0.5f * painting.edge(ellipse(q, base, wide * 1.2f, 0.016f), 0.03f));
    });
    painting.over(corners_region,
                  {base.x - wide - 0.01f, base.y - high - 0.015f, base.x + wide + 0.01f, base.y + 0.02f},
                  [&](Point q) {
                      const Point p = q - base;
                      const float t = -p.y / high; // 0 at the floor, 1 at the rim
                      const float half = wide * mix(0.72f, 1.0f, clamp01(t)), u = p.x / half;
                      const float round = std::sqrt(std::max(0.0f, 1 - u * u)) * 0.012f;
                      const float d = std::max(std::abs(p.x) - half, std::max(p.y - round, -high - p.y));
                      const float rim = ellipse(p, {0, -high}, wide, 0.013f);
                      if (rim < 0)
                          return Paint{rim > -0.0045f ? colour * 1.05f : hex(0x33261c)};
                      const float side = painting.room().from_right > 0 ? u : -u;
                      return Paint{colour * (0.80f + 0.22f * side - 0.22f * u * u), painting.edge(d)};
                  });
}

} // namespace

void paint_plant(RoomPainting& painting, Plant plant)
{
    if (plant == Plant::None)
        return;
    const Bedroom& room = painting.room();
    Random random = room.details("plant");
    const float sign = plant == Plant::Left ? -1.0f : 1.0f;
    static const std::array<std::uint32_t, 4> pots{0xb4643c, 0xe4ddd0, 0x5c6d73, 0x3c3b40};
    const Rgb pot = hex(pots[std::size_t(random.below(4))]);
    const float hue = random.next(), tone = random.range(0.9f, 1.2f);
    const Rgb green = mix(hex(0x3f6f3a), hex(0x7f9a4a), hue) * tone;
    const Point base{sign * random.range(0.395f, 0.41f), random.range(0.825f, 0.845f)};
    const float high = random.range(0.085f, 0.105f), wide = random.range(0.050f, 0.060f);
    const bool upright = random.chance(0.35f);
    const Point crown{base.x, base.y - high + 0.004f};
    const int leaves = upright ? 9 : 13;
    paint_pot(painting, base, high, wide, pot);
    for (int i = 0; i < leaves; ++i) { // from the back to the front, the outer ones last
        const float t = (float(i) + 0.5f) / float(leaves), out = (i % 2 == 0 ? 1.0f : -1.0f) * std::sqrt(t);
        const Rgb colour = mix(green, green * hex(0xb8d8a0), random.next()) * mix(0.72f, 1.08f, t);
        if (upright) {
            const Point foot = crown + Point{0.03f * out, 0.003f};
            const Point tip =
                foot
                + Point{out * random.range(0.015f, 0.045f), -random.range(0.16f, 0.27f) * (1 - 0.35f * t)};
            paint_leaf(painting, foot, (foot + tip) * 0.5f + Point{0.006f * out, 0}, tip, 0.013f, colour);
            continue;
        }
        const bool inwards = out * sign < 0; // where there is less room
        const float angle = out * random.range(0.9f, 1.35f);
        const float reach =
            random.range(0.13f, 0.20f) * (1 - 0.12f * t) * (inwards ? 0.55f + 0.2f * (1 - t) : 1);
        const Point stem =
            crown
            + Point{std::sin(angle) * reach * 0.35f, -reach * random.range(0.55f, 1.1f) * (1 - 0.6f * t)};
        const Point tip =
            stem + Point{std::sin(angle) * reach * 0.75f, -std::cos(angle) * reach * 0.5f + 0.03f * t};
        painting.over(corners_region, around((crown + stem) * 0.5f, 0.05f, 0.1f), [&](Point q) {
            return Paint{green * 0.55f, painting.edge(capsule(q, crown, stem, 0.0035f, 0.002f))};
        });
        paint_leaf(painting, stem, (stem + tip) * 0.5f + Point{0, -0.02f}, tip, random.range(0.030f, 0.042f),
                   colour);
    }
}

} // namespace lacuna::scenes
