// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

/// A smooth hill on the face: it tilts the skin by up to `slope` half way down its sides.
struct Hill {
    Point centre;
    float radius_x, radius_y, slope;
};

struct Relief {
    std::array<Hill, 13> hills;

    explicit Relief(const Look& look)
        : hills{{{{look.yaw, 0.500f}, 0.036f, 0.115f, 0.50f},
                 {{look.yaw * 1.7f, look.nose_y - 0.012f}, 0.046f, 0.040f, 0.66f},
                 {{look.yaw * 1.5f - look.nose_width, look.nose_y - 0.004f}, 0.022f, 0.022f, 0.42f},
                 {{look.yaw * 1.5f + look.nose_width, look.nose_y - 0.004f}, 0.022f, 0.022f, 0.42f},
                 {{look.yaw - 0.108f, 0.565f}, 0.095f, 0.080f, 0.24f},
                 {{look.yaw + 0.108f, 0.565f}, 0.095f, 0.080f, 0.24f},
                 {{look.yaw - 0.092f, 0.452f}, 0.085f, 0.058f, -0.34f},
                 {{look.yaw + 0.092f, 0.452f}, 0.085f, 0.058f, -0.34f},
                 {{look.yaw - 0.093f, 0.472f}, 0.060f, 0.044f, 0.30f},
                 {{look.yaw + 0.093f, 0.472f}, 0.060f, 0.044f, 0.30f},
                 {{look.yaw, look.mouth_y}, 0.105f, 0.062f, 0.22f},
                 {{look.yaw, look.mouth_y + 0.054f}, 0.070f, 0.032f, -0.12f},
                 {{look.yaw, look.chin - 0.042f}, 0.066f, 0.046f, 0.18f}}}
    {
    }

    /// The skin's tilt: that of an egg, and the hills' on it.
    Point tilt(Point p) const
    {
        Point tilt{p.x * 3.9f, (p.y - 0.475f) * 1.95f};
        for (const Hill& hill : hills) {
            const float x = (p.x - hill.centre.x) / hill.radius_x, y = (p.y - hill.centre.y) / hill.radius_y;
            const float inside = 1 - x * x - y * y;
            if (inside > 0) {
                tilt.x += 2.6f * hill.slope * x * inside;
                tilt.y += 2.6f * hill.slope * y * inside * (hill.radius_x / hill.radius_y);
            }
        }
        return tilt;
    }
};

void paint_ears(Stage& stage)
{
    const Look& look = stage.look();
    for (const float side : {-1.0f, 1.0f})
        stage.over(around({side * 0.215f, 0.515f}, 0.055f, 0.09f), [&](Point p) {
            const Point q{p.x * side, p.y};
            const float rim = melted(ellipse(q, {0.207f, 0.498f}, 0.031f, 0.050f),
                                     ellipse(q, {0.203f, 0.552f}, 0.022f, 0.026f), 0.03f);
            const float alpha = stage.edge(rim);
            if (alpha <= 0)
                return Paint{{}, 0};
            const float bowl = smooth(-0.010f, -0.019f, rim) * smooth(0.56f, 0.53f, p.y);
            const Rgb base = mix(look.skin, look.skin * Rgb{0.92f, 0.66f, 0.6f}, 0.35f + 0.45f * bowl);
            const float tilt = side * (0.75f - 0.9f * bowl);
            return Paint{lit_skin(look, base, tilt, (p.y - 0.50f) * 4, 1 - 0.35f * bowl), alpha};
        });
}

void paint_face(Stage& stage)
{
    const Look& look = stage.look();
    const Relief relief(look);
    const float away = look.light_x > 0 ? -1.0f : 1.0f; // the side in shadow
    const std::uint32_t spots = hash(look.key + 11);
    stage.over({-0.225f, 0.145f, 0.225f, 0.825f}, [&](Point p) {
        const bool amid = std::abs(p.x) < 0.085f && p.y > 0.25f && p.y < 0.66f; // far from the outline
        const float outline = amid ? -0.1f : face_distance(look, p);
        const float alpha = stage.edge(outline);
        if (alpha <= 0)
            return Paint{{}, 0};
        const Point tilt = relief.tilt(p);
        Rgb base = look.skin;
        // Cheeks, tip of the nose and chin are rosier.
        const Point cheek{(std::abs(p.x - look.yaw) - 0.118f) / 0.075f, (p.y - 0.580f) / 0.058f};
        const Point tip{(p.x - 1.7f * look.yaw) / 0.05f, (p.y - look.nose_y + 0.01f) / 0.04f};
        const float rosy =
            look.blush * (0.42f * clamp01(1 - dot(cheek, cheek)) + 0.26f * clamp01(1 - dot(tip, tip)));
        base = mix(base, base * Rgb{1.0f, 0.60f, 0.56f}, rosy);
        if (look.freckles && std::abs(p.y - 0.55f) < 0.06f) {
            const Cell cell = cell_noise(p.x * 62, p.y * 62, spots);
            const float near = clamp01(1 - std::abs(p.y - 0.55f) / 0.06f) * clamp01(1.3f - std::abs(p.x) * 7);
            base =
                mix(base, base * Rgb{0.66f, 0.45f, 0.36f}, 0.6f * near * smooth(0.30f, 0.16f, cell.nearest));
        }
        // The nose casts a shadow beside and below itself; the sockets catch less light.
        const Point cast{(p.x - 1.6f * look.yaw - away * 0.030f) / 0.040f,
                         (p.y - look.nose_y - 0.014f) / 0.030f};
        const Point socket{(std::abs(p.x - look.yaw) - 0.080f) / 0.080f, (p.y - 0.440f) / 0.042f};
        const float open = (1 - 0.42f * clamp01(1 - dot(cast, cast)))
                           * (1 - 0.26f * clamp01(1 - dot(socket, socket)))
                           * (1 - 0.22f * smooth(-0.05f, 0.0f, outline));
        return Paint{lit_skin(look, base, tilt.x, tilt.y, open), alpha};
    });
}

void paint_nose(Stage& stage)
{
    const Look& look = stage.look();
    const Point middle{look.yaw * 1.6f, look.nose_y};
    const Rgb line = look.skin * Rgb{0.36f, 0.20f, 0.17f};
    const float away = look.light_x > 0 ? -1.0f : 1.0f;
    stage.over(around(middle, 0.075f, 0.055f), [&](Point p) {
        const Point q = p - middle;
        const float x = std::abs(q.x);
        Wash wash;
        // Nostrils, the shadow between them, the wings.
        wash.put(
            line,
            0.55f
                * stage.edge(ellipse({x, q.y}, {look.nose_width * 0.56f, 0.009f}, 0.0105f, 0.0052f), 0.006f));
        wash.put(line, 0.22f * smooth(0.012f, 0.0f, std::abs(q.y - 0.014f)) * smooth(0.03f, 0.0f, x));
        const float wing =
            stroke({x, q.y}, {look.nose_width + 0.004f, -0.016f}, {look.nose_width + 0.017f, 0.000f},
                   {look.nose_width + 0.001f, 0.011f}, 0.0005f, 0.0016f);
        wash.put(line, (q.x * away > 0 ? 0.42f : 0.25f) * smooth(0.006f, -0.001f, wing));
        return wash.paint;
    });
}

void paint_brows(Stage& stage)
{
    const Look& look = stage.look();
    for (const float side : {-1.0f, 1.0f})
        stage.over(around({side * 0.100f + look.yaw, look.brow_y}, 0.07f, 0.042f), [&](Point p) {
            const float t = ((p.x - look.yaw) * side - 0.040f) / 0.118f;
            if (t < -0.05f || t > 1.05f)
                return Paint{{}, 0};
            const float middle = look.brow_y - look.brow_arch * (1 - (t - 0.62f) * (t - 0.62f) * 3.0f)
                                 + look.brow_tilt * (t - 0.5f) + 0.006f;
            const float half = look.brow_thickness * (1.05f - 0.85f * t * t) * smooth(-0.05f, 0.10f, t)
                               * smooth(1.05f, 0.9f, t);
            const float hairs = look.strands.at(1.7f * t + 9.0f * (p.y - middle));
            const float d = std::abs(p.y - middle) - half - 0.0013f * hairs;
            return Paint{look.brow * (0.9f + 0.25f * hairs), 0.86f * smooth(0.004f, -0.004f, d)};
        });
}

} // namespace

void paint_head(Stage& stage)
{
    paint_ears(stage);
    paint_face(stage);
    paint_nose(stage);
    paint_brows(stage);
}

} // namespace lacuna::scenes::portrait
