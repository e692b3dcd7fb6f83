// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

/// About the distance to an oval with these inverse radii and this mean radius.
float oval(Point p, Point centre, Point inverse, float radius)
{
    const float x = (p.x - centre.x) * inverse.x, y = (p.y - centre.y) * inverse.y;
    return (std::sqrt(x * x + y * y) - 1) * radius;
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

/// The normal of a surface with this slope, never quite from the side.
Normal unit_normal(float x, float y)
{
    const float flat = x * x + y * y, up = std::max(0.12f, 1 - flat);
    const float shrink = 1 / std::sqrt(flat + up);
    return {x * shrink, y * shrink, std::sqrt(up) * shrink};
}

Normal head_normal(const CatLook& look, Point q, float strand)
{
    const Point m{std::abs(q.x), q.y};
    Point slope{m.x / (0.35f * look.width), (q.y + 0.02f) / 0.33f};
    slope = slope + swelling(m, {0.05f, 0.135f}, 0.085f, 0.9f);  // whisker pads
    slope = slope + swelling(m, {0, 0.21f}, 0.06f, 0.3f);        // chin
    slope = slope + swelling(m, {0.2f, 0.1f}, 0.14f, 0.8f);      // cheeks
    slope = slope + swelling(m, {0, 0.01f}, 0.075f, 0.7f);       // bridge of the nose
    slope = slope - swelling(m, {0.135f, -0.02f}, 0.115f, 0.7f); // eye sockets
    return unit_normal((q.x < 0 ? -slope.x : slope.x) + 0.12f * strand, slope.y + 0.06f * strand);
}

} // namespace

float cat_head_outline(const CatLook& look, Point q)
{
    constexpr float kFar = 0.1f;
    const Point m{std::abs(q.x) / look.width, q.y};
    const float inner_x = m.x * (1 / 0.2f), inner_y = m.y * (1 / 0.16f);
    if (inner_x * inner_x + inner_y * inner_y < 1)
        return -kFar;
    const float outer_x = m.x * (1 / 0.4f), outer_y = m.y * (1 / 0.34f);
    if (outer_x * outer_x + outer_y * outer_y > 1)
        return kFar;
    const float skull = oval(m, {0, -0.02f}, {1 / 0.282f, 1 / 0.25f}, 0.262f);
    const float cheek = oval(m, {0.16f, 0.08f}, {1 / 0.17f, 1 / 0.125f}, 0.145f);
    const float chin = oval(m, {0, 0.155f}, {1 / 0.125f, 1 / 0.095f}, 0.11f);
    const float root = circle(m, {0.18f, -0.13f}, 0.09f);
    return melted(melted(melted(skull, root, 0.05f), cheek, 0.09f), chin, 0.06f);
}

void paint_cat_chest(Painting& painting, const CatLook& look, const CatCoat& coat)
{
    paint(painting, look, {-0.44f, 0.16f, 0.44f, 0.6f}, [&](Point q) {
        const float m = std::abs(q.x);
        const float half = cat_neck_half(q.y);
        const float rough = m - half;
        if (rough > 0.003f + 0.016f * look.fluff)
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
        const float outline = cat_head_outline(look, q);
        // Longer fur on the cheeks.
        const float ragged =
            look.fluff * (0.006f + 0.016f * smooth(0.16f, 0.3f, std::abs(q.x)) * smooth(-0.06f, 0.08f, q.y));
        if (outline > 0.004f + 1.3f * ragged)
            return Paint{{}, 0};
        const float strand = coat.head_strand(q);
        const float d = outline - ragged * strand;
        if (d > 0.006f)
            return Paint{{}, 0};
        Rgb fur = coat.marked(coat.head_colour(q, strand), q, strand);
        fur = fur * (1 + look.strand_contrast * strand);
        const Normal n = head_normal(look, q, strand);
        Rgb colour = look.lit(fur, n.x, n.y, n.z);
        const float facing = n.x * look.light_x + n.y * look.light_y + n.z * look.light_z;
        colour =
            colour
            + look.key * (0.045f * std::max(0.0f, 1 + 1.5f * strand) * smooth(0.8f, 1.0f, facing)); // sheen
        // Less light near the outline below; a rim of light on the lit side.
        colour = colour * (1 - 0.3f * smooth(-0.08f, 0.0f, d) * smooth(-0.05f, 0.2f, q.y));
        const float rim =
            smooth(-0.04f, 0.0f, d) * clamp01(0.15f + (q.x * look.light_x + q.y * look.light_y) * 5);
        colour = colour + (look.rim + fur * 0.25f) * (0.5f * rim);
        return Paint{colour, painting.edge(d, 0.006f)};
    });
}

} // namespace lacuna::scenes
