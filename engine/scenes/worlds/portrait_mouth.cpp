// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

/// A mouth in its own coordinates: s from -1 to 1 between its corners.
struct Mouth {
    float half;   ///< width
    float lift;   ///< of the corners, upwards
    float gap_up; ///< of the opening above and below the line between the lips, at its middle
    float gap_down;
    float upper, lower; ///< thickness of the lips
    float seam = 0;     ///< half the width of the line between closed lips
};

Mouth mouth_of(const Look& look, int value)
{
    const float full = look.lip_fullness, width = look.mouth_width;
    switch (value) {
    case kSmile:
        return {width * 1.42f, 0.050f, 0, 0, 0.0130f * full, 0.0170f * full, 0.0044f};
    case kTeeth:
        return {width * 1.40f, 0.032f, 0.005f, 0.0400f, 0.0098f * full, 0.0125f * full};
    case kTongue:
        return {width * 1.06f, 0.004f, 0.014f, 0.0210f, 0.0110f * full, 0.0125f * full};
    default:
        return {width * 0.86f, -0.004f, 0, 0, 0.0145f * full, 0.0175f * full, 0.0032f};
    }
}

/// Shades of the cheeks' folds and of the hollow under the lower lip.
void folds(Wash& wash, const Look& look, const Mouth& mouth, Point q, bool bearded)
{
    const Rgb deep = look.skin * Rgb{0.46f, 0.27f, 0.23f};
    const float x = std::abs(q.x), strength = bearded ? 0.0f : 1.0f;
    const float hollow_y = mouth.gap_down + mouth.lower + 0.013f;
    wash.put(deep, strength * 0.10f * smooth(1.0f, 0.2f, length({q.x / 0.042f, (q.y - hollow_y) / 0.012f})));
    if (mouth.lift > 0.015f) {
        const float fold = stroke({x, q.y}, {mouth.half * 0.72f, -0.052f}, {mouth.half * 1.18f, -0.040f},
                                  {mouth.half * 1.20f, -0.004f}, 0.0008f, 0.0012f);
        wash.put(deep, strength * 0.55f * smooth(0.011f, 0.0f, fold));
    }
    const float dimple = length({x - mouth.half - 0.003f, q.y + mouth.lift});
    wash.put(deep, strength * (mouth.lift > 0.015f ? 0.7f : 0.3f) * smooth(0.013f, 0.001f, dimple));
}

void teeth(Wash& wash, const Look& look, Point q, float top, float bottom, float alpha)
{
    // The upper row hangs from the lip; the corners lie in the dark.
    const float height = 0.0265f * (1 - 70 * q.x * q.x);
    const float row = clamp01((top + height - q.y) / 0.0025f);
    const float apart = std::abs(std::fmod(std::abs(q.x) / 0.0175f, 1.0f) - 0.5f);
    const float shade =
        smooth(0.102f, 0.062f, std::abs(q.x)) * (0.84f + 0.16f * smooth(top, top + 0.007f, q.y));
    const Rgb enamel =
        hex(0xf6f1e6) * (look.fill_light + look.key_light) * shade * (1 - 0.13f * smooth(0.42f, 0.5f, apart));
    wash.put(enamel, row * alpha * smooth(bottom + 0.001f, bottom - 0.001f, q.y));
}

void tongue(Wash& wash, const Stage& stage, Point q)
{
    const Look& look = stage.look();
    const float d = rounded_box(q, {0, 0.031f}, {0.0335f, 0.0325f}, 0.031f);
    const Rgb pink = mix(hex(0xf0808c), look.lips, 0.08f);
    wash.put(look.skin * Rgb{0.3f, 0.15f, 0.13f},
             0.5f * smooth(0.008f, 0.0f, circle(q, {0, 0.036f}, 0.031f)));
    const float groove = smooth(0.0045f, 0.0f, std::abs(q.x)) * smooth(0.050f, 0.02f, q.y);
    wash.put(lit(look, pink * (1 - 0.25f * groove), q.x * 17, (q.y - 0.032f) * 16 - 0.1f), stage.edge(d));
    wash.put({1, 1, 1},
             0.35f * smooth(0.008f, 0.003f, length({q.x - 0.009f * look.light_x, (q.y - 0.044f) * 1.4f})));
}

Paint mouth_at(const Stage& stage, const Mouth& mouth, Point q, int value, bool bearded)
{
    const Look& look = stage.look();
    Wash wash;
    folds(wash, look, mouth, q, bearded);
    const float s = std::clamp(q.x / mouth.half, -1.0f, 1.0f), k = 1 - s * s;
    const float line = mouth.lift * (0.22f - s * s)
                       + 0.0022f * (std::abs(s) < 0.5f ? std::cos(s * 12.566f) * 0.5f : -0.5f) * k;
    const float top = line - mouth.gap_up * k, bottom = line + mouth.gap_down * k;
    const float bow = k * (1 + 0.16f * smooth(0.0f, 0.25f, std::abs(s)) - 0.20f * std::abs(s));
    const float lip_top = top - mouth.upper * bow,
                lip_bottom = bottom + mouth.lower * k * (1 - 0.12f * s * s);
    const float side = (std::abs(q.x) - mouth.half) * 0.5f;
    // Lips: the upper one looks down, the lower one up.
    const float in_lips = stage.edge(std::max({lip_top - q.y, q.y - lip_bottom, side}), 0.003f);
    if (in_lips > 0) {
        const bool upper = q.y < top;
        const float place = upper ? (q.y - lip_top) / std::max(top - lip_top, 1e-4f)
                                  : (q.y - bottom) / std::max(lip_bottom - bottom, 1e-4f);
        const float tilt_y = upper ? 0.35f + 0.15f * place : -0.45f + 0.95f * place;
        wash.put(lit_skin(look, look.lips, q.x * 6, tilt_y), in_lips * 0.96f);
        const float gloss =
            upper ? 0
                  : smooth(0.75f, 0.1f,
                           length({q.x / 0.034f + 0.35f * look.light_x * -1.0f, (place - 0.38f) / 0.5f}));
        wash.put({1, 0.95f, 0.92f}, 0.22f * gloss * in_lips);
    }
    const Rgb dark = look.lips * Rgb{0.10f, 0.04f, 0.04f};
    if (mouth.gap_down > 0) {
        const float open = stage.edge(std::max({top - q.y, q.y - bottom, side}), 0.002f);
        wash.put(dark, open);
        if (value == kTeeth)
            teeth(wash, look, q, top, bottom, open);
        else
            tongue(wash, stage, q);
    } else {
        wash.put(dark, 0.92f * stage.edge(std::abs(q.y - line) - mouth.seam * (1 + 0.4f * k), 0.003f)
                           * stage.edge(side, 0.004f));
    }
    return wash.paint;
}

/// Signed distance to a moustache; x from the middle, y from the line between the lips.
float moustache(Point q, bool alone)
{
    const float x = std::abs(q.x);
    const float lobe =
        stroke({x, q.y}, {0.006f, -0.030f}, {0.052f, -0.040f},
               {alone ? 0.094f : 0.082f, alone ? -0.019f : 0.004f}, 0.0150f, alone ? 0.0040f : 0.010f);
    return lobe;
}

/// Signed distance to a full beard, which follows the jaw and reaches a little beyond it.
float full_beard(const Look& look, Point p, float length_)
{
    const float x = std::abs(p.x);
    const float outline =
        std::max(face_distance(look, {p.x * 0.97f, p.y - length_ * smooth(0.66f, 0.80f, p.y)})
                     - 0.013f * smooth(0.60f, 0.70f, p.y),
                 0.588f - p.y);
    // The cheeks stay free above a line from the sideburn to the corner of the mouth.
    const float cheek = 0.690f - 0.075f * smooth(0.105f, 0.195f, x) - 0.24f * std::max(0.0f, x - 0.15f)
                        - 0.012f * smooth(0.09f, 0.0f, x);
    return std::max(outline, (cheek - p.y) * 0.8f);
}

} // namespace

void paint_beard(Stage& stage, const Attributes& values)
{
    if (values[kBeard] == kShaven)
        return;
    const Look& look = stage.look();
    Random random = look.details("beard");
    const bool full = values[kBeard] == kFullBeard;
    const float long_ = random.range(0.012f, 0.036f), phase = random.next();
    const Rgb base = mix(look.hair, look.brow, 0.6f);
    const Point lips{look.yaw, look.mouth_y};
    const Box box = full ? Box{-0.23f, 0.585f, 0.23f, 0.88f} : around(lips, 0.125f, 0.065f);
    stage.inside(box, mouth_large, [&](Point p) {
        const Point q = p - lips;
        float d = moustache(q, !full);
        if (full)
            d = melted(d, full_beard(look, p, long_), 0.02f);
        if (d > 0.02f)
            return Paint{{}, 0};
        // Hairs fan out from under the nose.
        const float fan = q.x / (0.10f + std::abs(q.y + 0.06f)) * (full ? 0.55f : 0.9f);
        const float hairs =
            std::clamp(look.strands.at(fan + phase + 0.006f * look.strands.at(p.y * 0.7f)), -0.9f, 0.9f);
        const float fringe = d + 0.004f * hairs;
        Wash wash;
        wash.put(look.skin * Rgb{0.40f, 0.26f, 0.22f}, 0.35f * smooth(0.016f, 0.0f, d));
        const float tilt_y = full ? (p.y - 0.70f) * 4.2f : q.y * 14 + 0.42f;
        const Rgb hair =
            lit(look, base * (1 + 0.42f * hairs), p.x * 3.9f, tilt_y,
                1 - 0.45f * smooth(0.030f, 0.0f, length({q.x / 1.6f, q.y - 0.034f})) * float(full));
        wash.put(hair, 0.97f * smooth(0.005f, -0.007f, fringe) * (full ? smooth(0.585f, 0.625f, p.y) : 1));
        return wash.paint;
    });
}

void paint_mouth(Stage& stage, const Attributes& values)
{
    const Look& look = stage.look();
    const Mouth mouth = mouth_of(look, values[kMouth]);
    const bool bearded = values[kBeard] == kFullBeard;
    const Point middle{look.yaw, look.mouth_y};
    stage.inside({-0.132f, 0.600f, 0.132f, 0.756f}, mouth_small,
                 [&](Point p) { return mouth_at(stage, mouth, p - middle, values[kMouth], bearded); });
}

} // namespace lacuna::scenes::portrait
