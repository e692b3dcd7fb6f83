// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_boat.h"
#include "engine/scenes/scene_brush.h"
#include "engine/scenes/scene_list.h"
#include "engine/scenes/scene_noise.h"

#include <algorithm>

namespace lacuna::scenes {

namespace {

constexpr float kHorizon = 226;
constexpr Point kSun{236, 196};

/// The clear sky: cool above, glowing around the low sun.
Rgb clear_sky(float x, float y)
{
    static const std::vector<Rgb> stops = {hex(0x3a5078), hex(0x56688f), hex(0x8580a0),
                                           hex(0xc08f96), hex(0xeaa582), hex(0xf8c286)};
    const float t = clamp01(y / kHorizon);
    const float dx = (x - kSun.x) / 420, dy = (y - kSun.y) / 150;
    const float near_sun = std::exp(-(dx * dx + dy * dy) * 2.2f);
    const float tight = std::exp(-(dx * dx * 90 + dy * dy * 14));
    return ramp(stops, t) + hex(0xffb45c) * (0.34f * near_sun) + hex(0xffd9a0) * (0.75f * tight);
}

/// How thick the clouds are at a point of the sky; seen from below, they close up towards the horizon.
float cloud_density(float x, float y, float cover)
{
    const float depth = 1 / (0.16f + (kHorizon - y) / 230);
    const float u = (x - 384) / 210 * (0.55f + 0.30f * depth), v = depth * 1.75f;
    const float bend = 0.55f * fbm(u * 0.8f + 3, v * 0.8f, 2, 21);
    const float billow = fbm(u + bend, v * 1.35f + 0.5f * bend, 6, 31);
    const float wisp = 0.16f * (0.5f - std::fabs(noise(u * 6 + bend * 4, v * 7, 43)))
                       + 0.08f * noise(u * 13, v * 17 + bend * 5, 44);
    return billow + wisp + 0.22f * noise(u * 0.4f, v * 0.5f, 41) - cover;
}

/// The sky with a layer of broken cloud lit from the sun's side and from below.
Rgb sky(float x, float y)
{
    const Rgb clear = clear_sky(x, y);
    const float veil = smooth(0.05f, 0.6f, fbm(x / 330 + y / 500, y / 38 - x / 900, 4, 51));
    Rgb colour = mix(clear, clear * 0.75f + hex(0xffc9a6) * 0.34f, 0.45f * veil);
    const float density = cloud_density(x, y, -0.02f);
    const float amount = smooth(0.0f, 0.26f, density);
    if (amount <= 0)
        return colour;
    // The density between here and the sun decides how much light arrives.
    const float ax = kSun.x - x, ay = kSun.y + 30 - y, away = std::sqrt(ax * ax + ay * ay) + 1;
    float between = 0;
    for (const float step : {5.0f, 12.0f, 24.0f})
        between += std::max(0.0f, cloud_density(x + ax / away * step, y + ay / away * step, -0.02f));
    const float lit = std::exp(-2.6f * between) * (0.55f + 0.45f * std::exp(-away / 260));
    const float low = clamp01(y / kHorizon);
    const Rgb shade = mix(hex(0x4c4f70), hex(0xa87884), low * low);
    const Rgb light = mix(hex(0xf2b596), hex(0xffcf8e), low);
    Rgb cloud = mix(shade, light, clamp01(lit * 1.15f));
    cloud = cloud + hex(0xff9d6a) * (0.20f * std::exp(-away / 120));
    return mix(colour, cloud, amount * mix(0.94f, 0.72f, low));
}

/// The outline of a headland: its height above the horizon.
float headland(float x, float from, float to, float height, std::uint32_t seed)
{
    const float shoulder =
        smooth(from, from + 0.45f * (to - from), x) * (1 - smooth(0.75f * to + 0.25f * from, to, x));
    return shoulder * height * (0.72f + 0.5f * fbm(x / 95, 0.5f, 5, seed));
}

/// Paints one ridge over the sky, hazier at its foot.
Rgb ridge(Rgb behind, float x, float y, float top, Rgb colour, float haze, std::uint32_t seed)
{
    const float above = kHorizon - y;
    const float cover = clamp01((top - above) * kScale + 0.5f);
    if (cover <= 0)
        return behind;
    const float grain = fbm(x / 9, y / 4, 4, seed);
    const Rgb body = colour * (1 + 0.35f * grain + 0.25f * noise(x / 30, y / 12, seed + 9));
    const float mist = haze + 0.30f * (1 - clamp01(above / 16));
    return mix(behind, mix(body, hex(0xd6a092), clamp01(mist)), cover);
}

Rgb above_water(float x, float y)
{
    Rgb colour = sky(x, y);
    colour = ridge(colour, x, y, headland(x, 330, 860, 34, 61), hex(0x6f6784), 0.42f, 62);
    colour = ridge(colour, x, y, headland(x, 470, 1010, 46, 64), hex(0x4d4a63), 0.24f, 65);
    return ridge(colour, x, y, headland(-x, -190, 120, 40, 67), hex(0x554c62), 0.26f, 68);
}

/// Small houses along the far shore, some with a lit window.
void paint_village(Canvas& canvas)
{
    Random random(71);
    for (int i = 0; i < 90; ++i) {
        const bool right = i % 3 != 0;
        const float x = right ? 672 + 52 * random.normal() : 38 + 26 * random.normal();
        const float far_up = 3.2f * std::fabs(random.normal());
        const float w = random.range(0.9f, 1.9f), h = random.range(1.1f, 2.3f), y = kHorizon - 0.8f - far_up;
        const Rgb front =
            mix(mix(hex(0xd9bfb0), hex(0xb98a80), random.next()), hex(0x8f7484), 0.30f + 0.03f * far_up);
        const Rgb roof = mix(hex(0x77505a), hex(0x93696c), random.next());
        fill_polygon(
            canvas, {{x - w, y}, {x - w, y - h}, {x + w, y - h}, {x + w, y}},
            [&](float at, float) { return front * (at < x - 0.3f ? 1.08f : 0.84f); }, 0.85f);
        fill_polygon(
            canvas,
            {{x - w, y - h},
             {x - w * 0.5f, y - h - w * 0.6f},
             {x + w * 0.5f, y - h - w * 0.6f},
             {x + w, y - h}},
            [&](float, float) { return roof; }, 0.85f);
        if (random.chance(0.4f))
            draw(canvas, Dab{{x + random.range(-0.4f, 0.4f) * w, y - h * 0.4f},
                             0.42f,
                             0.42f,
                             0,
                             hex(0xffd88f) * 1.3f,
                             0.9f,
                             0.6f});
    }
}

/// A sprite of a boat and the rows on which its mirror image may lie.
struct Afloat {
    Boat boat;
    Canvas layer;
};

/// The slope of the waves at a point of the water, along and across the view.
struct Slope {
    float across, along;
};
Slope waves(float x, float y)
{
    const float depth = y - kHorizon + 5;
    const float u = (x - 384) / depth, v = 15.0f * std::log(depth);
    const float calm = smooth(0, 26, depth);
    const float swell = fbm(u * 2.2f + 0.35f * v, v * 0.9f, 3, 81);
    const float chop = fbm(u * 6.5f, v * 2.1f, 4, 84);
    const float ripple = fbm(u * 17, v * 4.8f, 3, 88) * smooth(20, 90, depth);
    const float patch = 0.55f + 0.45f * smooth(-0.3f, 0.4f, fbm(u * 0.8f, v * 0.22f, 2, 93));
    const float along = (0.55f * swell + 0.75f * chop + 0.45f * ripple) * patch;
    return {0.7f * noise(u * 5 + 31, v * 1.7f, 95) * patch, along * mix(0.35f, 1.0f, calm)};
}

/// The water: what is above mirrored with a wobble, more of the water's own colour where waves face us.
Rgb water(const Canvas& above, const std::vector<Afloat>& fleet, float x, float y)
{
    const float depth = y - kHorizon;
    const Slope slope = waves(x, y);
    const float throw_y = slope.along * (5 + 0.50f * depth), throw_x = slope.across * (2 + 0.07f * depth);
    const float mirrored = kHorizon - 0.78f * depth - throw_y - 3;
    const float sx = std::clamp(x + throw_x * 2, 1.0f, kWidth - 1.0f);
    Rgb mirror = above
                     .sample(sx, std::clamp(mirrored < kHorizon - 1 ? mirrored : 2 * kHorizon - 2 - mirrored,
                                            1.0f, kHorizon - 1.5f))
                     .colour;
    for (const Afloat& afloat : fleet) {
        const float line = afloat.boat.place.y, below = y - line;
        if (below < -0.5f)
            continue;
        const float wobble = 0.05f + 0.011f * below;
        const auto image = afloat.layer.sample(x + throw_x * 1.1f + slope.along * below * 0.10f,
                                               line - below * 0.92f - throw_y * wobble * 2.0f);
        mirror = image.colour + mirror * (1 - image.alpha);
    }
    const float facing = clamp01(0.30f + 0.55f * slope.along + 0.0010f * depth);
    const Rgb deep = mix(hex(0x39596b), hex(0x163342), clamp01(depth / 260));
    Rgb colour = mix(mirror * Rgb{0.90f, 0.92f, 0.96f}, deep, facing * 0.72f);
    // The path of the sun: sparks on the waves that tilt just right.
    const float width = 16 + 0.30f * depth, off = (x - kSun.x + throw_x * 3) / width;
    const float path = std::exp(-off * off) * smooth(0.12f, 0.42f, slope.along * -1 + 0.12f);
    colour = colour + hex(0xffc27a) * (0.9f * path * (1 - 0.55f * clamp01(depth / 290)));
    return mix(colour, hex(0xd8a48f), 0.42f * std::exp(-depth / 9));
}

/// A few gulls: two bent strokes each.
void paint_gulls(Canvas& canvas)
{
    Random random(99);
    for (int i = 0; i < 7; ++i) {
        const float x = random.range(430, 640), y = random.range(95, 175), span = random.range(3.0f, 5.5f);
        const Rgb dark = hex(0x4b4558);
        for (const float side : {-1.0f, 1.0f})
            draw(canvas, Blade{{x, y},
                               {x + side * span * 0.5f, y - span * random.range(0.35f, 0.65f)},
                               {x + side * span, y - span * random.range(-0.1f, 0.25f)},
                               0.55f,
                               dark,
                               dark,
                               0.85f});
    }
}

/// A shadow where a hull meets the water and a thin line of foam.
void paint_contact(Canvas& canvas, const Boat& boat)
{
    const float w = boat.length;
    draw(canvas,
         Dab{{boat.place.x, boat.place.y + 0.02f * w}, 0.50f * w, 0.035f * w, 0, hex(0x1d2f3a), 0.6f, 0.8f});
    Random random(boat.seed);
    for (int i = 0; i < int(w * 0.3f); ++i) {
        const float x = boat.place.x + random.range(-0.5f, 0.52f) * w;
        draw(canvas, Dab{{x, boat.place.y + random.range(0.0f, 0.03f) * w},
                         random.range(0.02f, 0.05f) * w,
                         0.35f,
                         0,
                         hex(0xf6dcc4),
                         random.range(0.05f, 0.30f),
                         0.8f});
    }
}

} // namespace

Example harbour()
{
    Canvas above(0, 0, kWidth, int(kHorizon) + 1);
    shade(above, above_water);
    paint_village(above);
    std::vector<Afloat> fleet;
    for (const Boat& boat : harbour_fleet())
        fleet.push_back({boat, paint_boat(boat)});
    Canvas canvas(0, 0, kWidth, kHeight);
    shade(canvas, [&](float x, float y) {
        return y < kHorizon ? above.sample(std::clamp(x, 1.0f, kWidth - 1.0f), std::max(1.0f, y)).colour
                            : water(above, fleet, x, y);
    });
    paint_gulls(canvas);
    for (const Afloat& afloat : fleet) {
        paint_contact(canvas, afloat.boat);
        compose(canvas, afloat.layer);
    }
    bloom(canvas, 0.75f, 16, 0.35f);
    Picture picture = develop(canvas, {1.0f, 0.22f, 0.014f, 1.04f, 101});
    return {"harbour", "Harbour at dusk", std::move(picture), blob_mask({391, 272}, 60, 72, 102)};
}

} // namespace lacuna::scenes
