// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

/// The head's outline: skull, cheeks, muzzle and the roots of the ears melted together.
float head_outline(const CatLook& look, Point q)
{
    const Point m{std::abs(q.x) / look.width, q.y};
    const float skull = ellipse(m, {0, -0.005f}, 0.3f, 0.255f);
    const float cheek = ellipse(m, {0.17f, 0.075f}, 0.15f, 0.125f);
    const float chin = ellipse(m, {0, 0.155f}, 0.13f, 0.095f);
    const float root = circle(m, {0.205f, -0.125f}, 0.088f);
    return melted(melted(melted(skull, root, 0.05f), cheek, 0.1f), chin, 0.06f);
}

/// The slope of a round swelling at `at`: added to a normal's x and y.
Point swelling(Point q, Point at, float radius, float strength)
{
    const Point away = (q - at) * (1 / radius);
    const float fall = std::max(0.0f, 1 - dot(away, away));
    return away * (strength * fall);
}

struct Normal {
    float x, y, z;
};

Normal unit_normal(float x, float y)
{
    const float length = std::sqrt(std::max(0.12f, 1 - std::min(x * x + y * y, 0.9f)) + x * x + y * y);
    return {x / length, y / length, std::sqrt(std::max(0.0f, 1 - (x * x + y * y) / (length * length)))};
}

Normal head_normal(const CatLook& look, Point q, float strand)
{
    const Point m{std::abs(q.x), q.y};
    Point slope{m.x / (0.36f * look.width), q.y / 0.34f};
    slope = slope + swelling(m, {0.05f, 0.135f}, 0.085f, 1.5f);  // whisker pads
    slope = slope + swelling(m, {0, 0.21f}, 0.06f, 0.9f);        // chin
    slope = slope + swelling(m, {0.2f, 0.1f}, 0.14f, 0.8f);      // cheeks
    slope = slope + swelling(m, {0, 0.01f}, 0.075f, 1.0f);       // bridge of the nose
    slope = slope - swelling(m, {0.135f, -0.02f}, 0.115f, 0.7f); // eye sockets
    return unit_normal((q.x < 0 ? -slope.x : slope.x) + 0.12f * strand, slope.y + 0.06f * strand);
}

} // namespace

void paint_cat_chest(Painting& painting, const CatLook& look, const CatCoat& coat)
{
    paint(painting, look, {-0.48f, 0.1f, 0.48f, 0.6f}, [&](Point q) {
        const float m = std::abs(q.x);
        const float half = 0.2f + 0.2f * smooth(0.24f, 0.58f, q.y);
        const float rough = m - half;
        if (rough > 0.03f)
            return Paint{{}, 0};
        const float strand = coat.chest_strand(q);
        const Rgb fur = coat.chest_colour(q, strand) * (1 + look.strand_contrast * strand);
        const float across = q.x / (half + 0.06f);
        const Normal n = unit_normal(across + 0.15f * strand, 0.25f - 1.2f * (q.y - 0.3f));
        // The head's shadow lies on the throat, away from the light.
        const float shade = ellipse(q, {-0.06f * look.light_x, 0.1f}, 0.26f, 0.19f);
        const float shadow = 0.42f + 0.58f * smooth(-0.04f, 0.1f, shade);
        const float rim = smooth(0.65f, 1.0f, std::abs(across));
        Rgb colour = look.lit(fur, n.x, n.y, n.z) * shadow;
        colour = colour + look.rim * (0.35f * rim * clamp01(0.5f + q.x * look.light_x * 6));
        return Paint{colour, painting.edge(rough - 0.012f * look.fluff * strand, 0.006f)};
    });
}

void paint_cat_head(Painting& painting, const CatLook& look, const CatCoat& coat)
{
    paint(painting, look, {-0.39f, -0.3f, 0.39f, 0.29f}, [&](Point q) {
        const float outline = head_outline(look, q);
        if (outline > 0.035f)
            return Paint{{}, 0};
        const float strand = coat.head_strand(q);
        // Longer fur on the cheeks.
        const float ragged =
            look.fluff * (0.006f + 0.016f * smooth(0.16f, 0.3f, std::abs(q.x)) * smooth(-0.06f, 0.08f, q.y));
        const float d = outline - ragged * strand;
        if (d > 0.006f)
            return Paint{{}, 0};
        Rgb fur = coat.marked(coat.head_colour(q, strand), q, strand);
        fur = fur * (1 + look.strand_contrast * strand);
        const Normal n = head_normal(look, q, strand);
        Rgb colour = look.lit(fur, n.x, n.y, n.z);
        // Less light near the outline below; a rim of light on the lit side.
        colour = colour * (1 - 0.3f * smooth(-0.08f, 0.0f, d) * smooth(-0.05f, 0.2f, q.y));
        const float rim =
            smooth(-0.04f, 0.0f, d) * clamp01(0.15f + (q.x * look.light_x + q.y * look.light_y) * 5);
        colour = colour + (look.rim + fur * 0.25f) * (0.5f * rim);
        return Paint{colour, painting.edge(d, 0.006f)};
    });
}

namespace {

/// An ear in its own frame: x outwards, the left one mirrored, turned about its root.
Point ear_frame(const CatLook& look, Point q, int side)
{
    const Point root{0.19f, -0.2f};
    const Point m{(side == 0 ? -q.x : q.x) / look.width, q.y};
    const Point t = turned(m - root, look.ear_turn[std::size_t(side)]);
    return root + Point{t.x, t.y / look.ear_height};
}

void paint_upright_ear(Painting& painting, const CatLook& look, const CatCoat& coat, int side)
{
    static constexpr std::array<Point, 6> kEar{{{0.07f, -0.225f},
                                                {0.125f, -0.325f},
                                                {0.245f, -0.405f},
                                                {0.258f, -0.4f},
                                                {0.286f, -0.28f},
                                                {0.278f, -0.14f}}};
    static constexpr std::array<Point, 5> kInside{
        {{0.128f, -0.235f}, {0.165f, -0.315f}, {0.236f, -0.372f}, {0.252f, -0.28f}, {0.24f, -0.19f}}};
    const float sign = side == 0 ? -1.0f : 1.0f;
    const Rgb skin = mix(hex(0xdf9a8e), look.coat, 0.3f);
    paint(painting, look, side == 0 ? Box{-0.37f, -0.47f, -0.03f, -0.13f} : Box{0.03f, -0.47f, 0.37f, -0.13f},
          [&](Point q) {
              const Point m = ear_frame(look, q, side);
              const float outline = polygon(m, kEar) - 0.018f;
              if (outline > 0.012f)
                  return Paint{{}, 0};
              const float strand = coat.head_strand(q);
              const float d = outline - 0.004f * look.fluff * strand;
              const float clear = cat_mask::clear_of(cat_mask::ears(q));
              // Fades into the head's fur at its root.
              const float root = smooth(0.0f, 0.045f, -0.165f - 0.33f * (0.278f - m.x) - m.y);
              const Rgb fur = coat.head_colour(q, strand) * (0.92f + look.strand_contrast * strand);
              Rgb colour = look.lit(fur, sign * (m.x - 0.17f) * 5, -0.35f, 0.75f);
              // The hollow: skin, darker towards its depth, with a fringe of pale hairs along the inner edge.
              const float hollow = polygon(m, kInside) - 0.008f - 0.008f * strand;
              const float depth = smooth(-0.36f, -0.2f, m.y);
              const Rgb flesh = look.lit(skin * mix(0.95f, 0.42f, depth), -sign * 0.4f, -0.2f, 0.8f);
              colour = mix(colour, flesh, smooth(0.008f, -0.012f, hollow));
              const float fringe =
                  smooth(0.055f, 0.01f, m.x - 0.13f - 0.55f * (-0.2f - m.y) * 0.6f + 0.03f * strand)
                  * smooth(-0.37f, -0.28f, m.y);
              colour = mix(colour, look.lit(mix(look.pale, look.white, 0.3f), 0, -0.3f, 0.85f),
                           0.75f * fringe * (1 - smooth(-0.01f, 0.01f, hollow)));
              const float rim = smooth(-0.016f, 0.0f, d) * clamp01(0.3f + sign * look.light_x + 0.3f);
              colour = colour + (look.rim + fur * 0.2f) * (0.6f * rim);
              return Paint{colour, painting.edge(d, 0.005f) * root * clear};
          });
}

void paint_folded_ear(Painting& painting, const CatLook& look, const CatCoat& coat, int side)
{
    static constexpr std::array<Point, 6> kFlap{{{0.085f, -0.255f},
                                                 {0.13f, -0.3f},
                                                 {0.205f, -0.305f},
                                                 {0.268f, -0.255f},
                                                 {0.288f, -0.195f},
                                                 {0.19f, -0.2f}}};
    const float sign = side == 0 ? -1.0f : 1.0f;
    paint(painting, look, side == 0 ? Box{-0.37f, -0.47f, -0.03f, -0.13f} : Box{0.03f, -0.47f, 0.37f, -0.13f},
          [&](Point q) {
              const Point m = ear_frame(look, q, side);
              const float outline = polygon(m, kFlap) - 0.016f;
              if (outline > 0.05f)
                  return Paint{{}, 0};
              const float clear = cat_mask::clear_of(cat_mask::ears(q));
              const float strand = coat.head_strand(q);
              const float d = outline - 0.004f * look.fluff * strand;
              const Rgb fur = coat.head_colour(q, strand) * (1 + look.strand_contrast * strand);
              // The flap turns over at its upper edge: light there, dark towards its tip.
              const float over = smooth(-0.31f, -0.19f, m.y + 0.25f * (m.x - 0.19f));
              const Rgb colour = look.lit(fur * mix(1.12f, 0.8f, over), sign * (m.x - 0.16f) * 4,
                                          mix(-0.75f, 0.3f, over), 0.6f);
              const float cover = painting.edge(d, 0.005f);
              if (cover > 0)
                  return Paint{colour, cover * clear};
              const float below = m.y + 0.26f - 0.3f * (m.x - 0.19f);
              return Paint{look.coat * 0.08f,
                           clear * 0.6f * smooth(0.03f, 0.0f, d) * smooth(0.0f, 0.05f, below)};
          });
}

} // namespace

void paint_cat_ears(Painting& painting, const CatLook& look, const CatCoat& coat, CatEars ears)
{
    for (const int side : {0, 1}) {
        if (ears == CatEars::Upright)
            paint_upright_ear(painting, look, coat, side);
        else
            paint_folded_ear(painting, look, coat, side);
    }
}

} // namespace lacuna::scenes
