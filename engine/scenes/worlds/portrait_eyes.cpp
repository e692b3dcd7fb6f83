// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

const Rgb kLash = hex(0x1d1210);

/// The lids of one eye; x outwards from its middle.
struct Lids {
    float half, up, down;
    float upper(float s) const { return -up * (1 - s * s) * (1 + 0.18f * s); }
    float lower(float s) const { return down * (1 - s * s) * (1 + 0.10f * s); }
};

Rgb iris_at(const Look& look, Point q, float radius, float fine)
{
    const float r = length(q) / radius;
    const float fibres = look.strands.at(0.5f * q.x / (std::abs(q.x) + std::abs(q.y) + 1e-4f) + 0.2f * r);
    // Light gathers at the side away from the lamp.
    const float glow = clamp01(0.45f - 0.5f * (q.x * look.light_x + q.y * look.light_y) / radius);
    Rgb colour = look.iris * (0.45f + 0.95f * glow + 0.20f * fibres);
    colour = mix(colour, look.iris * 0.12f, smooth(0.62f, 0.95f, r));
    return mix(colour, hex(0x0b0807), clamp01(0.5f - (r - 0.50f) * radius / fine));
}

Paint open_eye(const Stage& stage, const Lids& lids, Point q, float side)
{
    const Look& look = stage.look();
    const float s = q.x / lids.half;
    const float k = std::max(0.0f, 1 - s * s);
    const float upper = lids.upper(std::clamp(s, -1.0f, 1.0f)),
                lower = lids.lower(std::clamp(s, -1.0f, 1.0f));
    const float d = std::abs(s) < 1 ? std::max(upper - q.y, q.y - lower)
                                    : length({q.x - std::copysign(lids.half, s), q.y});
    const Rgb deep = look.skin * Rgb{0.42f, 0.26f, 0.23f};
    Wash wash;
    // The fold of the lid, and the soft shade under the eye.
    const float fold = std::abs(q.y - (upper * 1.15f - 0.0125f - 0.006f * s)) - 0.0012f;
    wash.put(deep, 0.42f * smooth(0.005f, 0.0f, fold) * smooth(0.0f, 0.35f, k));
    wash.put(deep, 0.22f * smooth(0.014f, 0.0f, std::abs(q.y - lower - 0.006f)) * smooth(0.0f, 0.6f, k));

    const float white = stage.edge(d);
    if (white > 0) {
        const float shade = smooth(0.020f, 0.0f, q.y - upper);
        const Rgb ball = mix(hex(0xf8f5f0), hex(0xdfc6bb), smooth(0.6f, 1.0f, std::abs(s)) * 0.6f)
                         * (look.fill_light + look.key_light * 0.85f);
        wash.put(mix(ball, ball * Rgb{0.62f, 0.57f, 0.59f}, shade), white);
        const float radius = lids.half * 0.535f;
        const Point i{q.x * side - look.gaze.x, q.y - look.gaze.y + 0.002f};
        const float iris = stage.edge(length(i) - radius);
        if (iris > 0) {
            wash.put(iris_at(look, i, radius, stage.fine()) * (1 - 0.40f * shade), iris * white);
            const float to_lamp = look.light_x > 0 ? 1.0f : -1.0f;
            wash.put({1, 1, 1},
                     0.95f * white * stage.edge(circle(i, {0.0100f * to_lamp, -0.0105f}, 0.0062f)));
            wash.put({1, 1, 1}, 0.35f * white * stage.edge(circle(i, {-0.010f * to_lamp, 0.010f}, 0.0036f)));
        }
    }
    // The upper lashes thicken outwards and end in a small wing.
    const float lash = std::abs(q.y - upper + 0.001f) - (0.0052f + 0.0024f * s);
    wash.put(kLash, 0.95f * stage.edge(lash, 0.003f) * smooth(-0.02f, 0.12f, k));
    wash.put(kLash, 0.9f
                        * stage.edge(capsule(q, {lids.half * 0.84f, lids.upper(0.84f)},
                                             {lids.half * 1.13f, -0.0065f}, 0.0048f, 0.0010f),
                                     0.003f));
    wash.put(deep, 0.6f * smooth(0.0035f, 0.0f, std::abs(q.y - lower)) * smooth(0.0f, 0.25f, k));
    return wash.paint;
}

Paint closed_eye(const Stage& stage, const Lids& lids, Point q)
{
    const Look& look = stage.look();
    const float s = q.x / lids.half;
    const float k = std::max(0.0f, 1 - s * s);
    const Rgb deep = look.skin * Rgb{0.42f, 0.26f, 0.23f};
    const float line = lids.down * 1.0f * (1 - s * s) + 0.001f;
    Wash wash;
    // The lid is a ball that takes light on top and darkens towards its edge.
    wash.put(deep, 0.30f * smooth(-0.012f, 0.012f, q.y - line + 0.010f) * stage.edge(q.y - line)
                       * smooth(0.0f, 0.5f, k));
    wash.put(deep, 0.14f * smooth(0.006f, 0.0f, std::abs(q.y + lids.up * 0.85f * (1 - 0.8f * s * s)))
                       * smooth(0.0f, 0.4f, k));
    wash.put(deep, 0.20f * smooth(0.012f, 0.0f, std::abs(q.y - line - 0.008f)) * smooth(0.0f, 0.5f, k));
    wash.put(kLash, 0.95f * smooth(-0.02f, 0.22f, k)
                        * stage.edge(std::abs(q.y - line) - (0.0030f + 0.0034f * k + 0.0012f * s), 0.003f));
    for (const float at : {0.30f, 0.62f, 0.90f}) {
        const Point root{at * lids.half, lids.down * (1 - at * at)};
        wash.put(kLash,
                 0.85f
                     * stage.edge(capsule(q, root, root + Point{0.005f + 0.006f * at, 0.0105f - 0.004f * at},
                                          0.0030f, 0.0010f),
                                  0.003f));
    }
    return wash.paint;
}

/// The shape of a pair of glasses.
struct Frame {
    Point middle, half;
    float round, thick;
    Rgb colour;
    float distance(Point q) const { return rounded_box(q, middle, half, round); }
};

Frame frame_of(const Look& look)
{
    static const Rgb colours[] = {hex(0x17130f), hex(0x4a2618), hex(0xa67c34), hex(0x5b1f26), hex(0x22374f)};
    Random random = look.details("glasses");
    const Point half{random.range(0.062f, 0.069f), random.range(0.046f, 0.054f)};
    const float thick = random.range(0.0052f, 0.0082f);
    return {{0.092f, 0.484f},
            half,
            random.range(0.45f, 0.98f) * half.y,
            thick,
            colours[std::size_t(random.below(5))]};
}

/// What lies on one lens: its tint and the reflection of a window.
void glaze(Wash& wash, const Look& look, const Frame& frame, Point q, bool dark, float alpha)
{
    const float down = (q.y - frame.middle.y) / frame.half.y, across = (q.x - frame.middle.x) / frame.half.x;
    if (dark)
        wash.put(mix(hex(0x0d0c10), mix(frame.colour, look.backdrop_bottom, 0.25f) * 0.22f,
                     smooth(-0.2f, 1.3f, down)),
                 0.90f * alpha);
    const float band = across * 0.8f + down;
    const float streak = smooth(-0.95f, -0.80f, band) * smooth(-0.38f, -0.50f, band)
                         + 0.7f * smooth(-0.26f, -0.20f, band) * smooth(-0.10f, -0.16f, band);
    wash.put(mix(Rgb{1, 1, 1}, look.backdrop_top, 0.3f), (dark ? 0.16f : 0.20f) * streak * alpha);
    if (!dark)
        wash.put(mix(Rgb{1, 1, 1}, look.backdrop_top, 0.5f), 0.05f * alpha);
}

} // namespace

void paint_eyes(Stage& stage, const Attributes& values)
{
    const Look& look = stage.look();
    const bool wink_left = look.details("eyes").chance(0.5f);
    for (const float side : {-1.0f, 1.0f}) {
        const Point middle{side * look.eye_apart + look.yaw, 0.472f};
        const Lids lids{look.eye_width, look.eye_height, look.eye_height * 0.72f};
        const bool closed = values[kEyes] == kClosed || (values[kEyes] == kWink && (side < 0) == wink_left);
        stage.inside(around(middle, 0.084f, 0.066f), eyes_small, [&](Point p) {
            Point q{(p.x - middle.x) * side, p.y - middle.y};
            q.y += look.eye_tilt * q.x;
            return closed ? closed_eye(stage, lids, q) : open_eye(stage, lids, q, side);
        });
    }
}

void paint_glasses(Stage& stage, const Attributes& values)
{
    if (values[kGlasses] == kNoGlasses)
        return;
    const Look& look = stage.look();
    const bool dark = values[kGlasses] == kDark;
    Frame frame = frame_of(look);
    if (dark)
        frame.colour = mix(frame.colour, hex(0x14110f), 0.6f);
    const Point fall{-0.010f * (look.light_x > 0 ? 1.0f : -1.0f), 0.013f};
    const float hinge_x = frame.middle.x + frame.half.x, hinge_y = frame.middle.y - 0.018f;
    const float nose_x = frame.middle.x - frame.half.x;
    const auto rim = [&](Point q, float thick) {
        q.x = std::abs(q.x);
        const float bridge = stroke(q, {0, frame.middle.y - 0.019f}, {nose_x * 0.6f, frame.middle.y - 0.020f},
                                    {nose_x + 0.002f, frame.middle.y - 0.006f}, thick * 0.8f, thick * 0.8f);
        return std::min(std::abs(frame.distance(q)) - thick, bridge);
    };
    stage.inside({-0.25f, 0.375f, 0.25f, 0.575f}, eyes_large, [&](Point p) {
        const Point q{p.x - look.yaw * 1.2f, p.y};
        const Point mirrored{std::abs(q.x), q.y};
        Wash wash;
        if (std::abs(p.x) < 0.19f)
            wash.put(look.skin * Rgb{0.30f, 0.17f, 0.14f},
                     0.34f * smooth(0.009f, -0.004f, rim(q - fall, frame.thick)));
        const float lens = frame.distance(mirrored);
        if (lens < 0.004f)
            glaze(wash, look, frame, mirrored, dark, stage.edge(lens));
        const float temple = capsule(mirrored, {hinge_x, hinge_y}, {0.226f, hinge_y + 0.006f}, frame.thick,
                                     frame.thick * 0.8f);
        const float d = std::min(rim(q, frame.thick), temple);
        if (d < 0.004f) {
            const float top = clamp01(0.5f - (std::abs(lens) < 0.02f ? lens : 0.0f) * 60);
            const Rgb lightest = mix(frame.colour, {1, 1, 1}, 0.30f);
            wash.put(mix(lightest, frame.colour, 0.4f + 0.6f * top) * (look.fill_light + look.key_light),
                     stage.edge(d, 0.002f));
        }
        return wash.paint;
    });
}

} // namespace lacuna::scenes::portrait
