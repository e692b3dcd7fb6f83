// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/scenes/worlds/portrait_parts.h"

namespace lacuna::scenes::portrait {

namespace {

/// An angle without trigonometry: -2 to 2 once round, 0 upwards.
float around_angle(float x, float y)
{
    const float sum = std::abs(x) + std::abs(y) + 1e-6f;
    const float t = x / sum;
    return y < 0 ? t : (t < 0 ? -2 - t : 2 - t);
}

/// About sin(2 pi t), without trigonometry; t from -64 up.
float wavy(float t)
{
    const float shifted = t + 64;
    const float u = 2 * (shifted - float(int(shifted))) - 1;
    return -4 * u * (1 - std::abs(u));
}

/// Locks of hair: strands across `u`, gloss in a band where `gloss` is near 0.
Rgb locks(const Look& look, Point tilt, float u, float gloss, float open)
{
    const float strand = look.strands.at(u), fine = look.strands.at(u * 3.7f + 0.31f);
    const Rgb base = look.hair * (1 + 0.28f * strand + 0.14f * fine);
    Rgb colour = lit(look, base, tilt.x + 0.30f * strand, tilt.y, open);
    const float sheen = smooth(1.0f, 0.0f, std::abs(gloss + 0.22f * strand)) * (0.55f + 0.45f * fine) * open;
    return colour + (mix(look.hair, {1, 1, 1}, 0.28f) * look.key_light) * (0.26f * sheen);
}

/// Hair under a hat: 0 where the hat holds it down. Only the crown depends on it.
float free_of_hat(const Stage& stage, const Attributes& values, Point p)
{
    if (values[kHat] == kNoHat || !stage.well_inside(crown(p)))
        return 1;
    return stage.edge(std::max(ellipse(p, {0, 0.40f}, 0.325f, 0.19f), 0.24f - p.y));
}

/// What the seed says about a style of hair.
struct Style {
    float part;   ///< x of the parting
    float volume; ///< of the top
    float length; ///< y of long hair's ends
    float wave;   ///< of long hair
    float line;   ///< y of the hairline
    float sweep;  ///< of the fringe to the side
    float phase;
    explicit Style(Random random)
        : part(random.range(-0.075f, 0.075f)),
          volume(random.range(0.0f, 1.0f)),
          length(random.range(0.83f, 1.02f)),
          wave(random.range(0.002f, 0.020f)),
          line(random.range(0.262f, 0.285f)),
          sweep(random.range(-1, 1)),
          phase(random.next())
    {
    }
};

Point skull_tilt(Point p)
{
    return {p.x * 3.6f, (p.y - 0.38f) * 3.4f};
}

// ---- Long hair.

float long_silhouette(const Style& style, Point p)
{
    const float x =
        std::abs(p.x)
        + style.wave * smooth(0.42f, 0.56f, p.y) * wavy(p.y * 3.3f + style.phase + (p.x > 0 ? 0.2f : 0));
    const float top = ellipse(p, {style.part * 0.2f, 0.352f}, 0.240f, 0.236f + 0.014f * style.volume);
    const float taper =
        0.236f + 0.044f * smooth(0.36f, 0.80f, p.y) - 0.06f * smooth(style.length - 0.12f, style.length, p.y);
    const float fall = std::max({x - taper, 0.34f - p.y, p.y - style.length - 0.02f * style.sweep * p.x});
    return melted(top, fall, 0.03f);
}

Paint long_hair(const Stage& stage, const Style& style, Point p, float d, float open)
{
    const Look& look = stage.look();
    const float wave = 0.6f * style.wave * wavy(p.y * 3.3f + style.phase);
    const float u = p.y < 0.34f ? 0.55f * around_angle(p.x - style.part * 0.5f, p.y - 0.36f) : 0.0f;
    const float across = (std::abs(p.x) + wave) * 2.6f + (p.x > 0 ? 0.4f : 0.0f) + u * 0.2f;
    const Point tilt{p.x * 3.1f, p.y < 0.38f ? (p.y - 0.38f) * 3.4f : 0.05f};
    const float gloss = (p.y - 0.62f) / 0.07f;
    return {locks(look, tilt, across + style.phase, gloss, open), stage.edge(d)};
}

/// The two curtains that fall from the parting beside the forehead and go behind the ears.
Paint long_front(const Stage& stage, const Style& style, Point p)
{
    const Look& look = stage.look();
    const float from = p.x - style.part, width = from > 0 ? 0.185f - style.part : 0.185f + style.part;
    const float t = std::abs(from) / width;
    const float curtain =
        style.line - 0.035f + (0.135f + 0.02f * style.volume) * t * t + 0.10f * t * t * t * t * t;
    const float outer = long_silhouette(style, p);
    const float tuck = p.y - 0.468f + 0.45f * std::max(0.0f, std::abs(p.x) - 0.185f);
    const float d = std::max({outer, (p.y - curtain) * 0.7f, tuck});
    Wash wash;
    if (outer < -0.01f && tuck < 0)
        wash.put(look.skin * Rgb{0.36f, 0.22f, 0.18f}, 0.40f * smooth(0.024f, 0.0f, d));
    if (d < 0.006f) {
        // Strands run along the curtain.
        const float u = (p.y - curtain) * 2.8f + (from > 0 ? 0.5f : 0.0f) + 0.25f * t;
        const float rooted = 1 - 0.45f * smooth(0.03f, 0.0f, std::abs(from)) * smooth(0.26f, 0.14f, p.y);
        wash.put(locks(look, skull_tilt(p), u * 0.7f + style.phase, (t - 0.62f) / 0.28f, rooted),
                 stage.edge(d) * (1 - smooth(0.40f, 0.44f, p.y) * smooth(0.222f, 0.236f, std::abs(p.x))));
    }
    return wash.paint;
}

// ---- Short hair.

Paint short_front(const Stage& stage, const Style& style, Point p)
{
    const Look& look = stage.look();
    const float lean = style.sweep > 0 ? 1.0f : -1.0f;
    const float around_u = around_angle(p.x, p.y - 0.36f);
    const float tufts = look.strands.at(around_u * 0.33f + style.phase);
    const Point top{0.012f * style.sweep, 0.350f - 0.012f * style.volume};
    const float outer =
        ellipse(p, top, 0.219f, 0.226f + 0.020f * style.volume) - 0.006f * tufts * smooth(0.40f, 0.25f, p.y);
    // The fringe hangs deeper on one side, in pointed locks.
    const float across = (p.x * lean + 0.16f) / 0.32f;
    const float lock = look.strands.at(across * 0.21f + style.phase * 2);
    const float drop = 0.036f * std::abs(style.sweep) * smooth(0.05f, 0.9f, across) + 0.014f * lock;
    const float fringe = drop * smooth(0.40f, 0.33f, p.y);
    const float bare = ellipse({p.x, p.y - fringe}, {0, 0.505f}, 0.184f, 0.505f - style.line);
    const float burns = p.y - 0.485f;
    const float d = std::max({outer, -bare, burns});
    Wash wash;
    if (outer < -0.004f && p.y < 0.46f)
        wash.put(look.skin * Rgb{0.36f, 0.22f, 0.18f}, 0.42f * smooth(0.020f, 0.0f, d));
    if (d < 0.006f) {
        const float u = 0.5f * around_angle(p.x - 0.06f * lean, p.y - 0.39f) + 0.4f * (p.y - 0.2f);
        const float gloss = (p.y - 0.205f - 0.25f * p.x * p.x * 4) / 0.05f;
        const float thin = mix(1.0f, 0.72f, smooth(0.40f, 0.48f, p.y));
        wash.put(locks(look, skull_tilt(p), u * 0.8f + style.phase, gloss, 1), thin * stage.edge(d, 0.004f));
    }
    return wash.paint;
}

// ---- Curly hair.

float curly_silhouette(const Look& look, const Style& style, Point p)
{
    const float angle = around_angle(p.x, p.y - 0.37f);
    const float bumps = look.strands.at(0.25f * angle + style.phase);
    const float size = 0.9f + 0.1f * style.volume;
    return ellipse(p, {0, 0.365f}, 0.300f * size, 0.268f * size) - 0.010f * bumps;
}

Paint curls(const Stage& stage, Point p, float d, float open)
{
    const Look& look = stage.look();
    const float bend = 0.01f * look.strands.at(p.y * 0.6f);
    const Cell cell = cell_noise((p.x + bend) * 19, (p.y - bend) * 19, hash(look.key + 23));
    const float ball = clamp01(1 - cell.nearest * cell.nearest * 1.3f), seam = cell.second - cell.nearest;
    const float ring = look.strands.at(cell.nearest * 0.16f + unit(cell.id));
    const Point tilt{p.x * 2.7f, (p.y - 0.40f) * 2.7f - 0.35f * ball};
    const Rgb base = look.hair * (0.62f + 0.55f * ball + 0.22f * ring);
    Rgb colour = lit(look, base, tilt.x, tilt.y, open * (0.55f + 0.45f * smooth(0.0f, 0.35f, seam)));
    colour = colour
             + (mix(look.hair, {1, 1, 1}, 0.25f) * look.key_light)
                   * (0.16f * open * smooth(0.75f, 1.0f, ball) * smooth(0.45f, 0.15f, p.y));
    return {colour, stage.edge(d - 0.006f * (ball - 0.5f))};
}

Paint curly_front(const Stage& stage, const Style& style, Point p)
{
    const Look& look = stage.look();
    const float bumps = look.strands.at(0.25f * around_angle(p.x, p.y - 0.5f) + style.phase * 3);
    const float bare = ellipse(p, {0, 0.52f}, 0.189f, 0.52f - style.line - 0.010f) + 0.010f * bumps;
    const float outer = curly_silhouette(look, style, p);
    const float d = std::max({outer, -bare, p.y - 0.465f + 0.35f * std::max(0.0f, std::abs(p.x) - 0.19f)});
    Wash wash;
    if (outer < -0.02f && p.y < 0.46f)

        wash.put(look.skin * Rgb{0.36f, 0.22f, 0.18f}, 0.45f * smooth(0.024f, 0.0f, d));
    if (d < 0.012f) {
        const Paint hair = curls(stage, p, d, 1);
        wash.put(hair.colour, hair.alpha);
    }
    return wash.paint;
}

Paint scaled(Paint paint, float alpha)
{
    return {paint.colour, paint.alpha * alpha};
}

} // namespace

void paint_hair_behind(Stage& stage, const Attributes& values)
{
    const Look& look = stage.look();
    const Style style(look.details("hair"));
    if (values[kHair] == kLong)
        // The hair in front covers what lies higher.
        stage.inside({-0.33f, 0.38f, 0.33f, 1.05f}, around_face, [&](Point p) {
            if (std::abs(p.x) < 0.12f && p.y < 0.70f) // the face
                return Paint{{}, 0};

            const float d = long_silhouette(style, p);
            if (d > 0.006f)
                return Paint{{}, 0};
            const float open = 1 - 0.6f * smooth(0.20f, 0.10f, std::abs(p.x)) * smooth(0.55f, 0.75f, p.y);
            return scaled(long_hair(stage, style, p, d, open), free_of_hat(stage, values, p));
        });
    if (values[kHair] == kCurly)
        stage.inside({-0.33f, 0.40f, 0.33f, 0.66f}, around_face, [&](Point p) {
            if (std::abs(p.x) < 0.12f)
                return Paint{{}, 0};

            const float d = curly_silhouette(look, style, p);
            return d > 0.012f ? Paint{{}, 0}
                              : scaled(curls(stage, p, d, 0.75f), free_of_hat(stage, values, p));
        });
}

void paint_hair_on_shoulders(Stage& stage, const Attributes& values)
{
    if (values[kHair] != kLong)
        return;
    const Look& look = stage.look();
    const Style style(look.details("hair"));
    stage.inside({-0.33f, 0.56f, 0.33f, 1.05f}, around_face, [&](Point p) {
        if (std::abs(p.x) < 0.10f)
            return Paint{{}, 0};
        const float inner = 0.165f - 0.03f * smooth(0.66f, 0.9f, p.y)
                            + style.wave * wavy(p.y * 2.9f + style.phase + (p.x > 0 ? 0.3f : 0));
        const float d = std::max({long_silhouette(style, p), inner - std::abs(p.x), 0.57f - p.y});
        Wash wash;
        wash.put(look.clothes * 0.15f, 0.38f * smooth(0.030f, 0.0f, d) * smooth(0.84f, 0.9f, p.y));
        if (d < 0.006f) {
            const Paint hair = long_hair(stage, style, p, d, 1);
            wash.put(hair.colour, hair.alpha);
        }
        return wash.paint;
    });
}

void paint_hair_in_front(Stage& stage, const Attributes& values)
{
    if (values[kHair] == kBald)
        return;
    const Style style(stage.look().details("hair"));
    const int kind = values[kHair];
    const float reach = kind == kShort ? 0.245f : kind == kLong ? 0.29f : 0.33f;
    stage.inside({-reach, 0.07f, reach, 0.50f}, around_face, [&](Point p) {
        if (std::abs(p.x) < 0.09f && p.y > 0.36f) // the face
            return Paint{{}, 0};
        const Paint hair = kind == kShort  ? short_front(stage, style, p)
                           : kind == kLong ? long_front(stage, style, p)
                                           : curly_front(stage, style, p);
        return hair.alpha > 0 ? scaled(hair, free_of_hat(stage, values, p)) : hair;
    });
}

} // namespace lacuna::scenes::portrait
