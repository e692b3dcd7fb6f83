// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

/// Soft discs of light far behind.
struct Lamps {
    struct Disc {
        Point centre;
        float radius, strength;
    };
    std::array<Disc, 7> discs{};

    explicit Lamps(Random random)
    {
        for (Disc& disc : discs)
            disc = {{random.next(), random.range(0.0f, 0.75f)},
                    random.range(0.05f, 0.13f),
                    random.range(0.08f, 0.24f)};
    }
    float at(Point p) const
    {
        float light = 0;
        for (const Disc& disc : discs) {
            const Point q = p - disc.centre;
            const float inside = 1 - dot(q, q) / (disc.radius * disc.radius);
            light += disc.strength * clamp01(inside * 2.2f) * (1 - 0.35f * clamp01(inside));
        }
        return std::min(light, 0.5f);
    }
};

/// Light through a window with four panes, aslant on a wall.
float window_light(Point p, float side)
{
    const float x = (p.x - 0.5f) * side + 0.30f * (p.y - 0.4f), y = p.y + 0.12f * x;
    const float pane_x = smooth(-0.47f, -0.42f, x) * smooth(0.29f, 0.24f, x);
    const float pane_y = smooth(0.01f, 0.06f, y) * smooth(0.75f, 0.70f, y);
    const float bars =
        smooth(0.004f, 0.032f, std::abs(x + 0.09f)) * smooth(0.004f, 0.032f, std::abs(y - 0.38f));
    return pane_x * pane_y * bars;
}

/// A broad arch of another colour behind the head.
float arch(Point p)
{
    const float x = p.x - 0.5f, y = std::min(p.y - 0.44f, 0.0f);
    return smooth(0.412f, 0.392f, std::sqrt(x * x + y * y));
}

} // namespace

void paint_backdrop(Painting& painting, const Look& look)
{
    Random random = look.details("backdrop");
    const Lamps lamps(random);
    const float side = look.light_x > 0 ? 1.0f : -1.0f, slope = random.range(-0.4f, 0.4f);
    const float grain_x = random.range(3, 5);
    painting.cover([&](Point p) {
        const float down = clamp01(p.y + slope * (p.x - 0.5f));
        Rgb colour = mix(look.backdrop_top, look.backdrop_bottom, down * (2 - down));
        if (look.backdrop_kind == 0) // dabs of a wide brush
            colour = colour
                     * (1 + 0.05f * look.strands.at(0.11f * grain_x * (p.x + 0.6f * p.y))
                        + 0.03f * look.strands.at(0.37f * (p.y - 0.8f * p.x)));
        else if (look.backdrop_kind == 1)
            colour = mix(colour * 0.82f, look.backdrop_accent, lamps.at(p));
        else if (look.backdrop_kind == 2)
            colour = colour * 0.86f + look.backdrop_accent * (0.20f * window_light(p, side));
        else
            colour = mix(colour, mix(look.backdrop_accent, colour, 0.45f), arch(p));
        // The light falls off away from the lamp and behind the shoulders.
        const Point q{p.x - 0.5f - 0.22f * side, p.y - 0.30f};
        return colour * (1.08f - 0.42f * std::min(dot(q, q), 0.9f));
    });
}

namespace {

/// Height of the shoulders' line, downwards.
float shoulder_line(float x)
{
    const float x2 = x * x;
    return 0.842f + 0.50f * x2 + 2.4f * x2 * x2;
}

enum Clothes { kCrewNeck, kVNeck, kShirt, kTurtleneck };

/// Signed distance to the clothes' opening at the neck.
float opening(int kind, Point p)
{
    const float x = std::abs(p.x);
    switch (kind) {
    case kCrewNeck:
        return ellipse(p, {0, 0.838f}, 0.118f, 0.056f);
    case kVNeck:
        return std::max((x - 0.116f * (1 - (p.y - 0.83f) / 0.135f)) * 0.8f, p.y - 0.985f);
    case kShirt:
        return std::max((x - 0.098f * (1 - (p.y - 0.83f) / 0.115f)) * 0.75f, p.y - 0.97f);
    default:
        return ellipse(p, {0, 0.80f}, 0.097f, 0.022f);
    }
}

Rgb cloth(const Look& look, Point p, Rgb base, float shade)
{
    const float fold = look.strands.at(0.09f * (p.x * 1.4f + p.y * (p.x > 0 ? 1.1f : -1.1f)) + 0.3f);
    const float tilt_x = p.x * 2.1f + 0.30f * fold;
    const float top = clamp01((p.y - shoulder_line(p.x)) / 0.12f);
    return lit(look, base * shade, tilt_x, -0.55f + 0.5f * top + 0.15f * fold);
}

void paint_neck(Stage& stage)
{
    const Look& look = stage.look();
    stage.over(look.body, {-0.19f, 0.70f, 0.19f, 1.0f}, [&](Point p) {
        const float flare = clamp01((p.y - 0.80f) / 0.09f);
        const float half = 0.091f + 0.085f * flare * flare;
        const float alpha = stage.edge(std::abs(p.x) - half);
        if (alpha <= 0)
            return Paint{{}, 0};
        // The head's shadow falls away from the lamp.
        const float shadow = smooth(0.875f, 0.79f, p.y + 0.35f * p.x * look.light_x + 0.25f * p.x * p.x);
        const float hollow = smooth(0.03f, 0.0f, std::abs(p.x) - 0.004f) * smooth(0.85f, 0.885f, p.y);
        const float x = p.x / half * 0.85f;
        return Paint{lit_skin(look, look.skin * (0.95f - 0.05f * hollow), x, 0.1f, 1 - 0.72f * shadow),
                     alpha};
    });
}

void paint_clothes(Stage& stage)
{
    const Look& look = stage.look();
    const int kind = look.clothes_kind;
    const bool stripes = kind == kCrewNeck && look.details("stripes").chance(0.35f);
    const float rolled = kind == kTurtleneck ? 0.062f : 0.019f;
    stage.over(look.body, {-0.62f, 0.77f, 0.62f, 1.08f}, [&](Point p) {
        float outline = (shoulder_line(p.x) - p.y) * 0.8f;
        const float collar =
            rounded_box({p.x, p.y - 1.1f * p.x * p.x}, {0, 0.852f}, {0.113f, 0.055f}, 0.018f);
        const float hole = opening(kind, p);
        if (kind == kTurtleneck)
            outline = std::min(outline, collar);
        const float alpha = stage.edge(std::max(outline, -hole));
        if (alpha <= 0)
            return Paint{{}, 0};
        Rgb base = look.clothes;
        if (stripes) {
            const float place = p.y * 12 + 2.2f * p.x * p.x;
            base = mix(base, look.trim, smooth(0.27f, 0.37f, std::abs(place - float(int(place)) - 0.5f)));
        }
        const bool rib = hole < rolled && kind != kShirt;
        // A rolled edge round the neck, lit from above, with a shadow under it.
        const float under = kind == kTurtleneck ? collar : kind == kShirt ? 1.0f : hole - rolled;
        const float roll = rib && kind != kTurtleneck ? 1.06f - 0.05f * std::cos(p.x * 210.0f)
                                                      : 1 - 0.3f * smooth(0.03f, 0.0f, under);
        if (rib && kind != kTurtleneck)
            base = mix(look.clothes, look.trim, 0.25f);
        Rgb colour =
            kind == kTurtleneck && collar < 0
                ? lit(look, base * (1.02f - 0.05f * std::cos(p.x * 210.0f)), p.x * 7.6f, 4 * (p.y - 0.88f),
                      1 - 0.5f * smooth(0.87f, 0.81f, p.y + 0.3f * p.x * look.light_x))
                : cloth(look, p, base, roll);
        if (kind == kShirt && std::abs(p.x) < 0.012f) // the front edge
            colour = colour * 0.9f;
        return Paint{colour, alpha};
    });
}

/// The two wings of a shirt's collar.
void paint_collar(Stage& stage)
{
    const Look& look = stage.look();
    const std::array<Point, 4> wing{
        Point{0.082f, 0.800f}, {0.138f, 0.842f}, {0.118f, 0.945f}, {0.012f, 0.925f}};
    stage.over(look.body, {-0.16f, 0.78f, 0.16f, 0.98f}, [&](Point p) {
        const Point q{std::abs(p.x), p.y};
        const float d = polygon(q, wing) - 0.004f;
        Wash wash;
        wash.put(look.clothes * 0.25f, 0.35f * smooth(0.024f, 0.0f, d));
        wash.put(cloth(look, p, mix(look.clothes, look.trim, 0.35f), 1.05f - 3 * clamp01((0.85f - p.y))),
                 stage.edge(d));
        return wash.paint;
    });
}

} // namespace

void paint_body(Stage& stage)
{
    paint_neck(stage);
    paint_clothes(stage);
    if (stage.look().clothes_kind == kShirt)
        paint_collar(stage);
}

} // namespace lacuna::scenes::portrait
