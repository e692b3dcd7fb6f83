// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

namespace {

struct Coat {
    Rgb back, belly, marking;
    float stripes;
};

Coat coat(Random& random)
{
    static const std::array<Coat, 4> coats{{{hex(0xc9772f), hex(0xf0d9b5), hex(0x8f4a19), 1.0f},
                                            {hex(0x2c2a2d), hex(0x49464a), hex(0x201e21), 0.2f},
                                            {hex(0x8b8479), hex(0xd8d0c2), hex(0x4d463e), 1.0f},
                                            {hex(0x6f7a86), hex(0xaab3bb), hex(0x59636e), 0.4f}}};
    return coats[std::size_t(random.below(4))];
}

} // namespace

/// A cat rolled up in sleep: a round back, the head laid on the paws, the tail around it. It is drawn facing left in
/// its own coordinates, one unit long.
void paint_cat(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    Random random = room.details("cat");
    const Coat fur = coat(random);
    const float side = random.chance(0.5f) ? 1.0f : -1.0f, length_ = random.range(0.215f, 0.24f);
    const Point centre{random.range(-0.11f, 0.11f), random.range(0.690f, 0.705f)};
    const std::uint32_t seed = room.seed + 62;
    const Box box = around(centre, 0.66f * length_, 0.47f * length_);
    const auto own = [&](Point q) {
        return Point{(q.x - centre.x) / length_ * side, (q.y - centre.y) / length_};
    };

    const auto body = [](Point p) { return ellipse(p, {0.06f, -0.02f}, 0.42f, 0.26f); };
    const auto head = [](Point p) { return ellipse(p, {-0.31f, 0.06f}, 0.165f, 0.140f); };
    const auto tail = [](Point p) {
        return stroke(p, {0.44f, 0.02f}, {0.40f, 0.30f}, {-0.10f, 0.235f}, 0.065f, 0.05f);
    };
    const auto ear = [](Point p, float x, float lean) {
        const std::array<Point, 3> corners{Point{x - 0.065f, 0.0f}, Point{x + 0.065f, -0.01f},
                                           Point{x + lean, -0.155f}};
        return polygon(p, corners) - 0.008f;
    };

    painting.tint(bed_foot_region, box, [&](Point q) { // its weight on the cover
        const Point p = own(q);
        return grey(1 - 0.55f * painting.edge(ellipse(p, {0.0f, 0.12f}, 0.46f, 0.20f) * length_, 0.05f));
    });
    painting.over(bed_foot_region, box, [&](Point q) {
        const Point p = own(q);
        const float trunk = body(p), face = head(p), ring = tail(p);
        const float ears = p.y < 0.05f ? std::min(ear(p, -0.405f, -0.035f), ear(p, -0.235f, 0.035f)) : 1.0f;
        const float d = std::min(std::min(trunk, face), std::min(ring, ears));
        if (d > 0.02f)
            return Paint{{}, 0};
        // The part in front decides: tail, head, ears, body.
        const float hair = 0.06f * noise(p.x * 26 + p.y * 6, p.y * 12, seed);
        Rgb colour = fur.back;
        float shade = 1;
        if (ring < 0) {
            const float t = p.x * 9, u = std::abs(t - std::floor(t) - 0.5f);
            colour = mix(fur.back, fur.marking, fur.stripes * clamp01((0.22f - u) * 6));
            shade = 0.72f + 2.6f * clamp01(-ring);
        } else if (face < 0) {
            const Point m{p.x + 0.31f, p.y - 0.06f};
            colour = mix(fur.back, fur.belly, smooth(0.01f, 0.09f, m.y - 0.25f * std::abs(m.x)));
            shade = 1.08f - 1.6f * m.y - 0.3f * clamp01(1 + face * 14);
            const float lid = std::abs(length(Point{std::abs(m.x) - 0.075f, m.y + 0.015f}) - 0.036f);
            const bool shut = lid < 0.011f && m.y > -0.012f;
            if (shut || length(Point{m.x, (m.y - 0.055f) * 1.4f}) < 0.020f)
                colour = shut ? fur.marking * 0.35f : hex(0xc98a84);
        } else if (ears < 0) {
            colour = ears < -0.025f ? mix(hex(0xd59a90), fur.back, 0.35f) : fur.back;
            shade = 1.0f;
        } else {
            const float t = p.x * 5.5f + 1.4f * (p.y + 0.1f) * (p.x > 0 ? 1.0f : -1.0f),
                        u = std::abs(t - std::floor(t) - 0.5f);
            colour = mix(fur.back, fur.marking,
                         fur.stripes * clamp01((0.20f - u) * 5) * smooth(0.14f, -0.06f, p.y));
            shade = 0.98f - 1.15f * (p.y + 0.10f) + 0.25f * clamp01(1 + trunk * 9) * (p.y < 0 ? 0.6f : -1.0f);
            shade *= contact(std::min(face, ring), 0.09f, 0.62f);
        }
        return Paint{colour * (std::max(0.25f, shade) * (1 + hair)), painting.edge(d * length_)};
    });
}

} // namespace lacuna::scenes
