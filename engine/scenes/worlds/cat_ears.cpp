// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

constexpr Point kRoot{0.19f, -0.2f};                             // what an ear turns about
constexpr Point kFoot{0.17f, -0.165f}, kAxis{0.2996f, -0.9541f}; // an upright ear's middle line
constexpr float kLength = 0.27f;

/// From the face's frame to the frame of one ear: x outwards, the left ear mirrored, turned about its root.
struct EarFrame {
    float sign, cosine, sine, widen, lower;
    EarFrame(const CatLook& look, int side)
        : sign(side == 0 ? -1.0f : 1.0f),
          cosine(std::cos(look.ear_turn[std::size_t(side)])),
          sine(std::sin(look.ear_turn[std::size_t(side)])),
          widen(1 / look.width),
          lower(1 / look.ear_height)
    {
    }
    Point operator()(Point q) const
    {
        const float x = sign * q.x * widen - kRoot.x, y = q.y - kRoot.y;
        return {kRoot.x + cosine * x + sine * y, kRoot.y + (cosine * y - sine * x) * lower};
    }
    Box box() const
    {
        return sign < 0 ? Box{-0.37f, -0.47f, -0.03f, -0.13f} : Box{0.03f, -0.47f, 0.37f, -0.13f};
    }
};

/// A leaf-shaped outline around the axis: u across, v from 0 at the foot to 1 at the tip, half as wide as `half` at
/// the foot and rounded at the tip.
float ear_outline(float u, float v, float half)
{
    return 0.83f * (std::sqrt(u * u + 0.00025f) - half * (1 - v) * (1 + 0.75f * v));
}

void paint_upright_ear(Painting& painting, const CatLook& look, const CatCoat& coat, const EarFrame& frame)
{
    const Rgb skin = mix(hex(0xe79c8f), look.coat, 0.25f);
    const Rgb hair = mix(look.pale, look.white, 0.25f);
    paint(painting, look, frame.box(), [&](Point q) {
        const Point m = frame(q) - kFoot;
        const float v = dot(m, kAxis) / kLength, u = m.y * kAxis.x - m.x * kAxis.y;
        const float outline = ear_outline(u, v, 0.108f);
        if (outline > 0.012f || v < -0.1f)
            return Paint{{}, 0};
        const float clear = cat_mask::clear_of(cat_mask::ears(q));
        const float strand = coat.head_strand(q);
        const float d = outline - 0.004f * look.fluff * strand;
        const float cover = painting.edge(d, 0.005f);
        // It grows out of the head's fur.
        const float head = cat_head_outline(look, q);
        const float grown = std::max(smooth(0.05f, 0.3f, v), smooth(-0.014f, 0.004f, head));
        if (clear <= 0 || cover <= 0 || grown <= 0)
            return Paint{{}, 0};
        const Rgb fur = coat.head_colour(q, strand) * (0.95f + look.strand_contrast * strand);
        Rgb colour = look.lit(fur, frame.sign * (0.25f + u * 5), -0.4f, 0.8f);
        // The hollow: skin, darker towards its depth, with a fringe of pale hairs from the inner edge.
        const float hollow = ear_outline(u + 0.004f, v * 1.18f, 0.075f) - 0.006f * strand;
        if (hollow < 0.012f) {
            const float depth = smooth(0.75f, 0.1f, v);
            const Rgb flesh = look.lit(skin * mix(1.0f, 0.4f, depth), -frame.sign * 0.35f, -0.2f, 0.85f);
            const float hairs = cat_streaks(u * 95 + v * 9, v * 5, look.seed + 17);
            const float fringe =
                smooth(0.012f, -0.04f, u + 0.022f * v + 0.028f * hairs) * smooth(0.85f, 0.45f, v);
            const Rgb inside =
                mix(flesh, look.lit(hair, frame.sign * 0.2f, -0.4f, 0.85f) * (0.9f + 0.15f * hairs),
                    0.85f * fringe);
            colour = mix(colour, inside, smooth(0.008f, -0.012f, hollow));
        }
        const float rim = smooth(-0.014f, 0.0f, d) * clamp01(0.3f + frame.sign * look.light_x + u * 3);
        colour = colour + (look.rim + fur * 0.25f) * (0.5f * rim * smooth(-0.02f, 0.02f, head));
        return Paint{colour, cover * grown * clear};
    });
}

void paint_folded_ear(Painting& painting, const CatLook& look, const CatCoat& coat, const EarFrame& frame)
{
    static constexpr std::array<Point, 7> kFlap{{{0.075f, -0.235f},
                                                 {0.11f, -0.268f},
                                                 {0.17f, -0.28f},
                                                 {0.23f, -0.255f},
                                                 {0.262f, -0.205f},
                                                 {0.245f, -0.186f},
                                                 {0.17f, -0.19f}}};
    paint(painting, look, frame.box(), [&](Point q) {
        const Point m = frame(q);
        if (m.y < -0.34f || m.x > 0.33f)
            return Paint{{}, 0};
        const float outline = polygon(m, kFlap) - 0.018f;
        if (outline > 0.04f)
            return Paint{{}, 0};
        const float clear = cat_mask::clear_of(cat_mask::ears(q));
        const float strand = coat.head_strand(q);
        const float d = outline - 0.004f * look.fluff * strand;
        const Rgb fur = coat.head_colour(q, strand) * (1 + look.strand_contrast * strand);
        // The flap turns over at its upper edge: light there, darker towards its tip.
        const float over = smooth(-0.29f, -0.175f, m.y + 0.1f * (m.x - 0.17f));
        Rgb colour = look.lit(fur * mix(1.1f, 0.82f, over), frame.sign * (m.x - 0.16f) * 4,
                              mix(-0.8f, 0.35f, over), 0.6f);
        const float rim = smooth(-0.012f, 0.0f, d) * smooth(-0.23f, -0.27f, m.y);
        colour = colour + (look.rim + fur * 0.25f) * (0.4f * rim);
        // Its shadow lies on the head only.
        const float head = cat_head_outline(look, q);
        const float shadow =
            0.65f * smooth(0.034f, 0.0f, d) * smooth(-0.25f, -0.2f, m.y) * smooth(-0.004f, -0.02f, head);
        return clipped(over_shadow(colour, painting.edge(d, 0.005f), look.coat * 0.07f, shadow), clear);
    });
}

} // namespace

void paint_cat_ears(Painting& painting, const CatLook& look, const CatCoat& coat, CatEars ears)
{
    for (const int side : {0, 1}) {
        const EarFrame frame(look, side);
        if (ears == CatEars::Upright)
            paint_upright_ear(painting, look, coat, frame);
        else
            paint_folded_ear(painting, look, coat, frame);
    }
}

} // namespace lacuna::scenes
