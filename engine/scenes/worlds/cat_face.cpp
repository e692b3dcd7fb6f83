// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

const Rgb kLine = {0.018f, 0.011f, 0.01f};

/// The eyeball's colour at e, from its middle: a tinted disc with fibres, a slit and the light's reflections.
Rgb eyeball(const CatLook& look, Point e, Rgb iris, float radius, bool half_closed)
{
    const float r = length(e) / radius;
    // Brighter opposite the light, which shines through it; dark towards its edge.
    const float across = clamp01(0.5f + 0.6f * (e.y - e.x * look.light_x) / radius);
    const float turn = e.x / (std::abs(e.x) + std::abs(e.y) + 1e-3f) + (e.y > 0 ? 5.5f : 0.0f);
    const float fibre = cat_streaks(turn * 9, r * 2, look.seed + 31);
    Rgb colour =
        iris * (mix(0.5f, 1.3f, across) * (1 + 0.16f * fibre) * mix(1.0f, 0.4f, smooth(0.72f, 1.02f, r)));
    colour = mix(colour, iris * Rgb{0.72f, 1.0f, 0.7f}, 0.4f * smooth(0.7f, 0.3f, r));
    const float slit = ellipse(e, {}, look.pupil * radius, radius * 0.76f);
    colour = mix(colour, Rgb{0.006f, 0.006f, 0.008f}, smooth(0.004f, -0.004f, slit));
    const float lid = half_closed ? -0.004f : -radius * 0.82f; // and the upper lid's shadow
    colour = colour * mix(0.4f, 1.0f, smooth(lid, lid + 0.032f, e.y));
    const Point glint{look.light_x * 0.028f, half_closed ? 0.014f : -0.023f};
    const float size = half_closed ? 0.0085f : 0.0145f;
    colour = mix(colour, Rgb{1, 1, 1}, smooth(0.004f, -0.003f, circle(e, glint, size)));
    const float second = length(e - Point{-glint.x * 1.1f, 0.03f});
    return colour + Rgb{0.2f, 0.22f, 0.24f} * smooth(0.017f, 0.003f, second);
}

/// An eye: the opening between the lids, edged by a dark rim.
void paint_eye(Painting& painting, const CatLook& look, int side, Rgb iris, bool half_closed)
{
    const float sign = side == 0 ? -1.0f : 1.0f;
    const float radius = 0.068f * look.eye_size;
    constexpr float kTilt = 0.2f; // the outer corner is the higher one
    const float cosine = std::cos(kTilt), sine = std::sin(kTilt);
    paint(painting, look, around({sign * 0.135f, -0.02f}, 0.095f, 0.09f), [&](Point q) {
        const Point e{q.x - sign * 0.135f, q.y + 0.02f};
        const Point m{cosine * sign * e.x - sine * e.y, cosine * e.y + sine * sign * e.x}; // x outwards
        if (dot(m, m) > 0.0085f)
            return Paint{{}, 0};
        const float round = ellipse(m, {}, radius, radius * 0.9f);
        const float corner = capsule(m, {-0.03f, 0.012f}, {-radius * 1.12f, 0.027f}, 0.03f, 0.002f);
        const float whole = melted(round, corner, 0.012f);
        float open = whole;
        if (half_closed) // a heavy upper lid, level and a little arched, and a raised lower one
            open = std::max(whole, std::max(-0.004f + 3.0f * e.x * e.x - e.y, e.y - 0.045f));
        const float rim = open - 0.008f - 0.004f * smooth(0.01f, -0.02f, m.y);
        const float clear = cat_mask::clear_of(cat_mask::eyes(q));
        const float inside = painting.edge(open, 0.004f), edge = painting.edge(rim, 0.006f);
        const Point gaze = e - look.gaze;
        const Rgb colour =
            edge > 0 ? mix(kLine, eyeball(look, gaze, iris, radius, half_closed), inside) : kLine;
        if (!half_closed)
            return clipped(over_shadow(colour, edge, kLine, 0.35f * smooth(0.02f, 0.0f, rim)), clear);
        // The lid, round over the eye, with a crease where the eye was open.
        const float lid = 0.4f * smooth(0.012f, 0.0f, std::abs(whole)) + 0.3f * smooth(0.0f, -0.012f, whole);
        return clipped(over_shadow(colour, edge, look.dark, lid), clear);
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
        return clipped(over_shadow(colour, painting.edge(d, 0.005f), kLine, 0.3f * smooth(0.014f, 0.0f, d)),
                       clear);
    });
}

/// The line between the lips: from under the nose down, then on both sides a bow out and up to the corner.
float lips(Point q)
{
    const float m = std::abs(q.x);
    if (m > 0.1f)
        return 1;
    const float philtrum = capsule(q, {0, 0.12f}, {0, 0.157f}, 0.0022f, 0.003f);
    const float t = std::min(m / 0.07f, 1.0f);
    const float bow = 0.157f + 0.078f * t - 0.073f * t * t, slope = 1.1f - 2.05f * t;
    const float line = std::abs(q.y - bow) / std::sqrt(1 + slope * slope) - mix(0.0036f, 0.002f, t);
    return std::min(philtrum, std::max(line, m - 0.072f));
}

/// The tongue hangs over the lower lip.
Paint tongue_out(const CatLook& look, Point q, Rgb flesh, Paint line)
{
    const float m = std::abs(q.x);
    const float tongue = capsule(q, {0, 0.17f}, {0, 0.216f}, 0.034f, 0.03f);
    const float d = std::max(tongue, 0.172f - 0.25f * m - q.y);
    const float cover = smooth(0.003f, -0.003f, d), shadow = 0.5f * smooth(0.018f, 0.0f, d);
    const Rgb colour = flesh * mix(0.55f, 1.1f, smooth(0.17f, 0.198f, q.y));
    return over_shadow(colour, cover, mix(look.dark, kLine, line.alpha), std::max(shadow, line.alpha));
}

/// A wide mouth: dark inside, the tongue at its bottom, two fangs.
Paint mouth_open(Point q, Rgb flesh, Paint line)
{
    const float m = std::abs(q.x);
    const float d =
        std::max(ellipse(q, {0, 0.197f}, 0.066f, 0.056f), 0.166f + (m < 0.035f ? 0.25f : 0.15f) * m - q.y);
    Rgb colour = hex(0x4a1518) * mix(0.5f, 1.2f, smooth(0.17f, 0.22f, q.y));
    colour = mix(colour, flesh, smooth(0.004f, -0.004f, ellipse(q, {0, 0.238f}, 0.045f, 0.036f)));
    const float fang = std::max(std::abs(m - 0.033f) - 0.0075f + 0.28f * (q.y - 0.17f), q.y - 0.2f);
    colour = mix(colour, Rgb{0.95f, 0.93f, 0.86f}, smooth(0.002f, -0.002f, fang));
    const float shadow = 0.6f * smooth(0.01f, 0.0f, d);
    return over_shadow(colour, smooth(0.003f, -0.003f, d), kLine, std::max(shadow, line.alpha));
}

void paint_mouth(Painting& painting, const CatLook& look, CatMouth mouth)
{
    paint(painting, look, {-0.13f, 0.11f, 0.13f, 0.27f}, [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::muzzle(q));
        if (clear <= 0 || (q.y > 0.205f && mouth == CatMouth::Closed))
            return Paint{{}, 0};
        const float line = q.y < 0.215f ? lips(q) : 1.0f;
        Paint paint{kLine, 0.8f * smooth(0.004f, -0.002f, line) + 0.2f * smooth(0.02f, 0.0f, line)};
        if (mouth != CatMouth::Closed) {
            const float groove = 1 - 0.3f * smooth(0.006f, 0.0f, std::abs(q.x));
            const Rgb flesh = look.lit(hex(0xf07f8c) * groove, q.x * 16, (q.y - 0.19f) * 8, 0.7f);
            paint =
                mouth == CatMouth::Tongue ? tongue_out(look, q, flesh, paint) : mouth_open(q, flesh, paint);
        }
        return clipped(paint, clear);
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
    const Rgb dot = look.dark * 0.6f;
    for (const float sign : {-1.0f, 1.0f})
        for (int i = 0; i < 4; ++i) {
            const Point root{0.06f + 0.014f * float(i % 2), 0.125f + 0.0135f * float(i)};
            const Point at{sign * root.x, root.y};
            paint(painting, look, around(at, 0.008f, 0.008f), [&](Point q) {
                return Paint{dot, 0.5f * smooth(0.003f, -0.003f, circle(q, at, 0.0035f))};
            });
            const float reach = random.range(0.24f, 0.31f);
            const float rise = -0.05f + 0.04f * float(i) + random.range(-0.02f, 0.02f);
            const float bend = random.range(0.0f, 0.06f), end = at.x + sign * reach;
            const float low = root.y + std::max(0.0f, std::max(rise + bend, rise));
            const Box box{std::min(at.x, end), root.y + std::min(rise, 0.0f) - 0.006f, std::max(at.x, end),
                          low + 0.006f};
            paint(painting, look, box, [&](Point q) {
                const float t = (sign * q.x - root.x) / reach;
                const float d = std::abs(q.y - root.y - rise * t - bend * t * t);
                if (t < 0 || t > 1 || d > 0.008f)
                    return Paint{{}, 0};
                const float strength = 0.75f * smooth(0.0f, 0.12f, t) * (1 - 0.55f * t);
                return Paint{Rgb{0.95f, 0.94f, 0.92f},
                             strength * painting.edge(d - mix(0.0021f, 0.0007f, t), 0.003f)};
            });
        }
}

} // namespace lacuna::scenes
