// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

const Rgb kLine = {0.018f, 0.011f, 0.01f};

/// An eye: the opening between the lids, edged by a dark rim, with iris, slit and reflections inside.
void paint_eye(Painting& painting, const CatLook& look, int side, Rgb iris, bool half_closed)
{
    const float sign = side == 0 ? -1.0f : 1.0f;
    const float radius = 0.066f * look.eye_size;
    const float pupil = look.pupil * radius;
    paint(painting, look, around({sign * 0.135f, -0.02f}, 0.1f, 0.09f), [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::eyes(q));
        // x outwards, the outer corner a little higher.
        const Point m = turned({sign * q.x - 0.135f, q.y + 0.02f}, -0.2f);
        const float round = ellipse(m, {}, radius, radius * 0.9f);
        const float corner = capsule(m, {-0.03f, 0.012f}, {-radius * 1.16f, 0.03f}, 0.03f, 0.002f);
        float open = melted(round, corner, 0.012f);
        if (half_closed) {
            const float lid = -0.006f + 0.9f * m.x * m.x * 6 * 0.35f - m.y; // above this curve the lid hangs
            const float lower = m.y - 0.042f;
            open = std::max(open, std::max(lid, lower));
        }
        const float rim = open - 0.0105f;
        if (rim > 0.02f && !half_closed)
            return Paint{{}, 0};
        const Point e{m.x - sign * look.gaze.x, m.y - look.gaze.y};
        const float r = length(e) / radius;
        // Iris: brighter opposite the light, dark towards its edge, with fibres from the pupil.
        const float across = clamp01(0.5f + 0.6f * (e.y * 1.0f - e.x * sign * look.light_x) / radius);
        const float fibre = noise(e.x / (std::abs(e.x) + std::abs(e.y) + 1e-3f) * 9 + (e.y > 0 ? 5.5f : 0.0f),
                                  r * 2, look.seed + 31);
        Rgb colour = iris * (mix(0.45f, 1.25f, across) * (1 + 0.16f * fibre))
                     * mix(1.0f, 0.42f, smooth(0.72f, 1.02f, r));
        colour = mix(colour, iris * Rgb{0.75f, 1.05f, 0.7f}, 0.35f * smooth(0.65f, 0.3f, r));
        const float slit = ellipse(e, {}, pupil, radius * 0.74f);
        colour = mix(colour, Rgb{0.006f, 0.006f, 0.008f}, smooth(0.004f, -0.004f, slit));
        // The upper lid's shadow, then the light's reflections.
        const float lid_y = half_closed ? 0.0f : -radius * 0.8f;
        colour = colour * mix(0.45f, 1.0f, smooth(lid_y - 0.005f, lid_y + 0.03f, m.y));
        const Point glint_at{sign * look.light_x * 0.028f, half_closed ? 0.012f : -0.024f};
        colour = mix(colour, Rgb{1, 1, 1},
                     smooth(0.004f, -0.003f, ellipse(e, glint_at, 0.0155f, half_closed ? 0.009f : 0.0145f)));
        colour = colour
                 + Rgb{0.5f, 0.55f, 0.6f}
                       * (0.4f * smooth(0.012f, 0.0f, length(e - Point{-glint_at.x, 0.03f}) - 0.004f));
        const float inside = painting.edge(open, 0.004f), edge = painting.edge(rim, 0.006f);
        if (edge > 0)
            return Paint{mix(kLine, colour, inside), edge * clear};
        if (half_closed) { // the lid: a crease where the eye was open
            const float lid = round - 0.004f;
            return Paint{
                look.coat * 0.18f,
                clear * (0.5f * smooth(0.01f, 0.0f, std::abs(lid)) + 0.22f * smooth(0.0f, -0.01f, lid))};
        }
        return Paint{kLine, 0.35f * clear * smooth(0.02f, 0.0f, rim)};
    });
}

void paint_nose(Painting& painting, const CatLook& look, CatNose nose)
{
    Random random = look.random_for("nose");
    const Rgb leather = nose == CatNose::Pink ? mix(hex(0xe58f8c), hex(0xd97b72), random.next())
                                              : mix(hex(0x2a2122), hex(0x3b2a27), random.next());
    static constexpr std::array<Point, 4> kNose{
        {{-0.03f, 0.086f}, {0.03f, 0.086f}, {0.006f, 0.114f}, {-0.006f, 0.114f}}};
    paint(painting, look, {-0.06f, 0.05f, 0.06f, 0.15f}, [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::muzzle(q));
        const float d = polygon(q, kNose) - 0.011f;
        const float m = std::abs(q.x);
        Rgb colour = look.lit(leather * mix(1.1f, 0.65f, smooth(0.085f, 0.122f, q.y)), q.x * 14,
                              (q.y - 0.1f) * 14 - 0.2f, 0.7f);
        const float nostril = ellipse(turned({m - 0.021f, q.y - 0.108f}, -0.5f), {}, 0.0105f, 0.005f);
        colour = mix(colour, leather * 0.12f, smooth(0.003f, -0.003f, nostril));
        const float shine = ellipse(q, {0.012f * look.light_x, 0.087f}, 0.018f, 0.005f);
        colour = colour + Rgb{0.4f, 0.4f, 0.42f} * (0.55f * smooth(0.006f, -0.006f, shine));
        const float cover = painting.edge(d, 0.005f);
        return Paint{cover > 0 ? colour : kLine, clear * std::max(cover, 0.3f * smooth(0.014f, 0.0f, d))};
    });
}

/// The line between the lips: from under the nose down, then out and up to both corners.
float lips(Point q)
{
    const Point m{std::abs(q.x), q.y};
    const float philtrum = capsule(q, {0, 0.12f}, {0, 0.157f}, 0.0022f, 0.003f);
    return std::min(philtrum, stroke(m, {0, 0.157f}, {0.032f, 0.196f}, {0.072f, 0.162f}, 0.0036f, 0.002f));
}

void paint_mouth(Painting& painting, const CatLook& look, CatMouth mouth)
{
    const Rgb tongue = hex(0xe9808a);
    paint(painting, look, {-0.13f, 0.11f, 0.13f, 0.28f}, [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::muzzle(q));
        if (clear <= 0)
            return Paint{{}, 0};
        const float m = std::abs(q.x);
        const float line = lips(q);
        const Rgb flesh =
            look.lit(tongue * (1 - 0.35f * smooth(0.006f, 0.0f, m)), q.x * 16, (q.y - 0.19f) * 8, 0.7f);
        Paint paint{kLine, 0.8f * smooth(0.004f, -0.002f, line) + 0.2f * smooth(0.02f, 0.0f, line)};
        if (mouth == CatMouth::Tongue) {
            const float d = capsule(q, {0, 0.17f}, {0, 0.212f}, 0.03f, 0.027f);
            const float visible = std::max(d, 0.172f - 0.25f * m - q.y);
            const float cover = smooth(0.003f, -0.003f, visible);
            const Rgb colour = flesh * mix(0.55f, 1.1f, smooth(0.17f, 0.195f, q.y));
            paint = {mix(kLine, colour, cover),
                     std::max(paint.alpha, std::max(cover, 0.45f * smooth(0.018f, 0.0f, visible)))};
        } else if (mouth == CatMouth::Open) {
            const float hole = std::max(ellipse(q, {0, 0.196f}, 0.06f, 0.052f),
                                        0.166f + 0.25f * m * (m < 0.035f ? 1.0f : 0.6f) - q.y);
            const float cover = smooth(0.003f, -0.003f, hole);
            Rgb colour =
                mix(hex(0x4a1518), flesh, smooth(0.004f, -0.004f, ellipse(q, {0, 0.232f}, 0.042f, 0.033f)));
            const float fang = std::max(m < 0.03f ? 0.03f - m - 0.006f + 0.3f * (q.y - 0.17f)
                                                  : m - 0.03f - 0.006f + 0.3f * (q.y - 0.17f),
                                        q.y - 0.196f);
            colour = mix(colour, Rgb{0.95f, 0.93f, 0.86f}, smooth(0.002f, -0.002f, fang));
            paint = {mix(kLine, colour, cover),
                     std::max(paint.alpha, std::max(cover, 0.6f * smooth(0.01f, 0.0f, hole)))};
        }
        paint.alpha *= clear;
        return paint;
    });
}

} // namespace

void paint_cat_eyes(Painting& painting, const CatLook& look, CatEyes eyes)
{
    std::array<Rgb, 2> irises{look.iris, look.iris};
    if (eyes == CatEyes::Odd) {
        Random random = look.random_for("eyes");
        const std::size_t other = random.chance(0.5f) ? 1 : 0;
        irises[other] =
            look.iris_kind == 3 ? iris_colour(random.chance(0.5f) ? 1 : 2, random) : hex(0x58b4f2);
    }
    for (const int side : {0, 1})
        paint_eye(painting, look, side, irises[std::size_t(side)], eyes == CatEyes::HalfClosed);
}

void paint_cat_muzzle(Painting& painting, const CatLook& look, CatNose nose, CatMouth mouth)
{
    paint_mouth(painting, look, mouth);
    paint_nose(painting, look, nose);
}

void paint_cat_whiskers(Painting& painting, const CatLook& look)
{
    Random random(look.seed + 41);
    for (const float sign : {-1.0f, 1.0f})
        for (int i = 0; i < 4; ++i) {
            const Point root{0.062f + 0.012f * float(i % 2), 0.125f + 0.014f * float(i)};
            const float reach = random.range(0.24f, 0.31f),
                        rise = -0.05f + 0.04f * float(i) + random.range(-0.02f, 0.02f);
            const float bend = random.range(0.0f, 0.06f);
            paint(painting, look,
                  {std::min(sign * root.x, sign * (root.x + reach)), root.y - 0.1f,
                   std::max(sign * root.x, sign * (root.x + reach)), root.y + 0.2f},
                  [&](Point q) {
                      const float t = (sign * q.x - root.x) / reach;
                      if (t < 0 || t > 1)
                          return Paint{{}, 0};
                      const float d =
                          std::abs(q.y - root.y - rise * t - bend * t * t) - mix(0.0021f, 0.0007f, t);
                      return Paint{Rgb{0.95f, 0.94f, 0.92f},
                                   d > 0.01f ? 0.0f : 0.7f * (1 - 0.5f * t) * painting.edge(d, 0.003f)};
                  });
        }
}

} // namespace lacuna::scenes
