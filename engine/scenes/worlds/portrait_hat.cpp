// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

Rgb hat_colour(Random& random)
{
    static const Rgb colours[] = {hex(0xb8433a), hex(0x2f4b6e), hex(0xd9a63c), hex(0x3f6b55),
                                  hex(0x8a4a6b), hex(0xe3d7c3), hex(0x38383d), hex(0xc9743f)};
    const Rgb first = colours[std::size_t(random.below(8))];
    return first * random.range(0.85f, 1.1f);
}

/// The shadow of an edge at height `edge` on the forehead.
void forehead_shadow(Wash& wash, const Look& look, Point p, float edge, float depth)
{
    if (face_distance(look, p) < 0.01f)
        wash.put(look.skin * Rgb{0.30f, 0.17f, 0.14f}, 0.5f * smooth(edge + depth, edge + 0.2f * depth, p.y));
}

void paint_beanie(Stage& stage)
{
    const Look& look = stage.look();
    Random random = look.details("hat");
    const Rgb wool = hat_colour(random), second = hat_colour(random);
    const bool pompom = random.chance(0.45f), two_colours = random.chance(0.5f);
    const Rgb cuff_wool = two_colours ? second : wool;
    const float height = random.range(0.0f, 0.02f);
    stage.inside({-0.26f, 0.0f, 0.26f, 0.345f}, crown, [&](Point p) {
        Wash wash;
        const float sag = 0.25f * p.x * p.x;
        forehead_shadow(wash, look, p, 0.298f - sag, 0.040f);
        if (pompom) {
            const Point c{0.006f, 0.070f - height};
            const float fluff =
                look.strands.at(0.9f * (p.x + p.y) + 0.4f) + look.strands.at(1.1f * (p.x - p.y));
            const float ball = circle(p, c, 0.052f) - 0.005f * fluff;
            wash.put(lit(look, cuff_wool * (1.05f + 0.2f * fluff), (p.x - c.x) * 15, (p.y - c.y) * 15),
                     stage.edge(ball, 0.006f));
        }
        const float dome = std::max(ellipse(p, {0, 0.290f}, 0.231f, 0.205f + height), p.y - 0.28f);
        const float arc = p.x / std::sqrt(std::max(0.02f, 1 - (p.y - 0.30f) * (p.y - 0.30f) * 22));
        const float rib = std::abs(arc * 26 - std::floor(arc * 26) - 0.5f) * 2;
        wash.put(
            lit(look, wool * (0.82f + 0.26f * rib), p.x * 3.8f + 0.4f * (rib - 0.5f), (p.y - 0.29f) * 4.4f),
            stage.edge(dome));
        // The folded edge stands out and throws a thin shadow upwards and below.
        const Point q{p.x, p.y + sag};
        wash.put(wool * 0.12f,
                 0.4f * smooth(0.018f, 0.0f, rounded_box(q, {0, 0.262f}, {0.234f, 0.036f}, 0.02f))
                     * stage.edge(dome));
        const float cuff = rounded_box(q, {0, 0.268f}, {0.238f, 0.034f}, 0.020f);
        const float wide = p.x * 23, knit = std::abs(wide - std::floor(wide) - 0.5f) * 2;
        wash.put(lit(look, cuff_wool * (0.84f + 0.26f * knit), p.x * 3.7f + 0.4f * (knit - 0.5f),
                     (q.y - 0.272f) * 14),
                 stage.edge(cuff));
        return wash.paint;
    });
}

void paint_brimmed(Stage& stage)
{
    const Look& look = stage.look();
    Random random = look.details("hat");
    static const Rgb felts[] = {hex(0x8a6a48), hex(0xdcc39a), hex(0x3b3936),
                                hex(0x5a2e2a), hex(0x40556b), hex(0x59664a)};
    const Rgb felt = felts[std::size_t(random.below(6))] * random.range(0.9f, 1.1f);
    const Rgb band = mix(hat_colour(random), felt * 0.3f, 0.35f);
    const float straw = random.chance(0.4f) ? 0.10f : 0.02f, dent = random.range(0.006f, 0.018f);
    stage.inside({-0.338f, 0.0f, 0.338f, 0.345f}, crown, [&](Point p) {
        Wash wash;
        forehead_shadow(wash, look, p, 0.282f, 0.052f);
        const float weave = look.strands.at(p.x * 0.9f) + look.strands.at(p.y * 1.3f);
        const float curl = 2.4f * p.x * p.x * p.x * p.x;
        // The far side of the brim, then the crown with its dent and ribbon, then the near side.
        const float far = ellipse({p.x, p.y + curl}, {0, 0.256f}, 0.326f, 0.040f);
        wash.put(felt * look.fill_light * 0.8f, stage.edge(far));
        const float half = 0.196f - 0.34f * std::max(0.0f, 0.25f - p.y) * 0.55f;
        const float top =
            0.060f + dent * smooth(0.07f, 0.0f, std::abs(p.x)) + 2.6f * p.x * p.x * std::abs(p.x) * 3;
        const float body = std::max({std::abs(p.x) - half, (top - p.y) * 0.8f, p.y - 0.275f});
        const float x = p.x / half;
        const float crease = smooth(0.045f, 0.0f, std::abs(p.x)) * smooth(0.16f, 0.08f, p.y);
        wash.put(lit(look, felt * (1 + straw * weave - 0.25f * crease), x * 0.85f, (p.y - 0.20f) * 3.5f),
                 stage.edge(body));
        const float ribbon = std::abs(p.y - 0.222f - 0.30f * p.x * p.x + 0.004f) - 0.021f;
        wash.put(lit(look, band, x * 0.85f, 0.0f), stage.edge(std::max(ribbon, body)));
        const float near = std::max(far, 0.246f + 0.55f * p.x * p.x * 0.3f - p.y
                                             + 0.030f * smooth(0.21f, 0.0f, std::abs(p.x)) * 0.0f);
        const float fall = smooth(0.0f, 1.0f, (p.y - 0.245f) / 0.05f);
        wash.put(lit(look, felt * (1.04f + straw * weave) * (1 - 0.3f * smooth(0.012f, 0.0f, std::abs(body))),
                     p.x * 1.6f, -0.55f + 1.0f * fall),
                 stage.edge(near));
        return wash.paint;
    });
}

} // namespace

void paint_hat(Stage& stage, const Attributes& values)
{
    if (values[kHat] == kBeanie)
        paint_beanie(stage);
    else if (values[kHat] == kBrimmed)
        paint_brimmed(stage);
}

void paint_earrings(Stage& stage, const Attributes& values)
{
    if (values[kEarrings] == kNoEarrings)
        return;
    const Look& look = stage.look();
    Random random = look.details("earrings");
    static const Rgb metals[] = {hex(0xf2c04a), hex(0xeef0f4), hex(0xf0ac84)};
    static const Rgb stones[] = {hex(0xfaf8f2), hex(0x36a4dc), hex(0xe0364e), hex(0x35b878), hex(0xf2c04a)};
    const Rgb metal = metals[std::size_t(random.below(3))], stone = stones[std::size_t(random.below(5))];
    const bool hoops = values[kEarrings] == kHoops;
    const float radius = random.range(0.036f, 0.040f);
    const Rgb lamp = look.fill_light + look.key_light;
    for (const float side : {-1.0f, 1.0f}) {
        const Point lobe{side * 0.221f, 0.573f};
        const Point middle = hoops ? lobe + Point{side * 0.014f, radius} : lobe;
        stage.inside(around(middle, 0.06f, 0.06f), ears, [&](Point p) {
            const Point q = p - middle;
            Wash wash;
            const float toward = (q.x * look.light_x + q.y * look.light_y) / (hoops ? radius : 0.022f);
            const float d =
                hoops ? std::abs(length({q.x * 1.18f, q.y}) - radius) - 0.0085f : length(q) - 0.0235f;
            wash.put({0.02f, 0.012f, 0.01f},
                     0.75f
                         * smooth(0.014f, 0.0f,
                                  hoops ? std::abs(length({q.x * 1.18f, q.y - 0.003f}) - radius) - 0.0075f
                                        : circle(q, {0, 0.003f}, 0.0225f)));
            const Rgb base = hoops ? metal : mix(metal, stone, smooth(0.0195f, 0.0165f, length(q)));
            wash.put(base * lamp * (0.72f + 0.45f * clamp01(0.5f + toward)), stage.edge(d, 0.002f));
            const float glint =
                hoops
                    ? smooth(0.55f, 0.9f, toward) * smooth(0.002f, -0.004f, d)
                    : smooth(0.009f, 0.003f, length(q - Point{look.light_x * 0.012f, look.light_y * 0.012f}));
            wash.put({1, 1, 1}, 0.85f * glint);
            return wash.paint;
        });
    }
}

} // namespace lacuna::scenes::portrait
