// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

const std::array<Rgb, 6>& cloths()
{
    static const std::array<Rgb, 6> list{hex(0xc7323a), hex(0x2a62b8), hex(0x1f8f86),
                                         hex(0x7d3a8c), hex(0xe07f1f), hex(0x2f7d3b)};
    return list;
}

/// The collar's middle line hangs between the sides of the neck.
float sag(float x)
{
    return 0.352f - 1.1f * x * x;
}

void paint_band(Painting& painting, const CatLook& look, Rgb cloth, float half)
{
    paint(painting, look, {-0.3f, 0.27f, 0.3f, 0.44f}, [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::neck(q));
        const float y = q.y - sag(q.x);
        const float side = std::abs(q.x) - cat_neck_half(q.y) - 0.004f;
        const float d = std::max(std::abs(y) / std::sqrt(1 + 4.8f * q.x * q.x) - half, side);
        const float across = y / half;
        Rgb colour = look.lit(cloth, q.x * 4.3f, across * 0.7f, 0.6f);
        colour = colour * (1 - 0.35f * smooth(0.75f, 0.9f, std::abs(across)));
        const float cover = painting.edge(d, 0.004f);
        const float shadow =
            0.5f * smooth(0.03f, 0.0f, y - half) * smooth(-half, half, y) * smooth(0.0f, -0.02f, side);
        return clipped(over_shadow(colour, cover, look.coat * 0.05f, shadow), clear);
    });
}

void paint_bell(Painting& painting, const CatLook& look)
{
    const Point at{0, 0.4f};
    paint(painting, look, around(at, 0.07f, 0.07f), [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::neck(q));
        const float d = circle(q, at, 0.036f);
        const Point n = (q - at) * (1 / 0.036f);
        const float nz = std::sqrt(std::max(0.0f, 1 - dot(n, n)));
        const Rgb gold = hex(0xf0b52a);
        Rgb colour = look.lit(gold, n.x, n.y, nz) * (0.75f + 0.4f * smooth(-0.2f, 0.9f, nz));
        colour = colour + gold * (0.25f * smooth(0.3f, 0.9f, n.y) * smooth(0.0f, 0.3f, 1 - dot(n, n)));
        const float slot = std::min(circle(q, {0, at.y + 0.013f}, 0.0065f),
                                    capsule(q, {0, at.y + 0.013f}, {0, at.y + 0.033f}, 0.003f, 0.003f));
        colour = mix(colour, Rgb{0.06f, 0.03f, 0.01f}, smooth(0.003f, -0.002f, slot));
        const Point glint{look.light_x * 0.5f, -0.42f};
        colour = mix(colour, Rgb{1, 0.98f, 0.9f}, smooth(0.3f, 0.12f, length(n - glint)));
        const float cover = painting.edge(d, 0.004f);
        return clipped(over_shadow(colour, cover, look.coat * 0.05f,
                                   0.5f * smooth(0.025f, 0.0f, d - 0.3f * (q.y - at.y))),
                       clear);
    });
}

void paint_bow_tie(Painting& painting, const CatLook& look, Rgb cloth)
{
    static constexpr std::array<Point, 4> kWing{
        {{0.012f, -0.012f}, {0.118f, -0.052f}, {0.118f, 0.052f}, {0.012f, 0.012f}}};
    const Point at{0, 0.366f};
    paint(painting, look, around(at, 0.17f, 0.09f), [&](Point q) {
        const float clear = cat_mask::clear_of(cat_mask::neck(q));
        const Point v = q - at, m{std::abs(v.x), v.y};
        const float wing = polygon(m, kWing) - 0.014f;
        const float knot = rounded_box(v, {}, {0.024f, 0.027f}, 0.012f);
        const float fold = 0.5f + 0.5f * std::cos(v.y / (0.03f + m.x) * 9);
        Rgb colour = look.lit(cloth * mix(0.6f, 1.0f, fold) * mix(0.55f, 1.0f, smooth(0.015f, 0.06f, m.x)),
                              v.x * 3, v.y * 6, 0.7f);
        const Rgb centre = look.lit(cloth * 1.1f, v.x * 22, v.y * 16, 0.6f);
        const float in_knot = painting.edge(knot, 0.004f);
        colour = mix(colour * (1 - 0.5f * smooth(0.015f, 0.0f, knot)), centre, in_knot);
        const float d = std::min(wing, knot), cover = painting.edge(d, 0.004f);
        return clipped(
            over_shadow(colour, cover, look.coat * 0.05f, 0.5f * smooth(0.025f, 0.0f, d - 0.25f * v.y)),
            clear);
    });
}

} // namespace

void paint_cat_collar(Painting& painting, const CatLook& look, CatCollar collar)
{
    if (collar == CatCollar::None)
        return;
    Random random = look.random_for("collar");
    const Rgb cloth = cloths()[std::size_t(random.below(6))] * random.range(0.85f, 1.15f);
    paint_band(painting, look, cloth, collar == CatCollar::BowTie ? 0.011f : 0.019f);
    if (collar == CatCollar::Bell)
        paint_bell(painting, look);
    if (collar == CatCollar::BowTie)
        paint_bow_tie(painting, look, cloth);
}

} // namespace lacuna::scenes
