// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_brush.h"
#include "engine/scenes/scene_list.h"
#include "engine/scenes/scene_noise.h"
#include "engine/scenes/scene_window.h"

#include <algorithm>

namespace lacuna::scenes {

namespace {

/// Where a point lies in the courses of rubble: how deep inside its stone, and which stone it is.
struct StonePlace {
    float inside;
    std::uint32_t id;
};

StonePlace stone_place(float x, float y)
{
    constexpr float course = 19, stone = 34;
    const float wx = x + 2.2f * noise(x / 21, y / 21, 201), wy = y + 3.0f * noise(x / 47, y / 25, 202);
    const auto course_edge = [](int r) { return course * float(r) + 6 * (unit(hash(r, 3, 203)) - 0.5f); };
    int row = int(std::floor(wy / course));
    row += wy < course_edge(row) ? -1 : wy >= course_edge(row + 1) ? 1 : 0;
    const float offset = 70 * unit(hash(row, 5, 204));
    const auto stone_edge = [row](int c) { return stone * float(c) + 23 * (unit(hash(c, row, 205)) - 0.5f); };
    const float along = wx + offset;
    int column = int(std::floor(along / stone));
    column += along < stone_edge(column) ? -1 : along >= stone_edge(column + 1) ? 1 : 0;
    float top = course_edge(row), bottom = course_edge(row + 1);
    std::uint32_t id = hash(column, row, 206);
    // Now and then two flat stones lie where another place has one.
    if (unit(hash(id + 1)) < 0.22f) {
        const float joint = mix(top, bottom, 0.4f + 0.2f * unit(hash(id + 2)));
        (wy < joint ? bottom : top) = joint;
        id += wy < joint ? 11U : 12U;
    }
    const float dx = std::min(along - stone_edge(column), stone_edge(column + 1) - along);
    const float dy = std::min(wy - top, bottom - wy);
    const float radius = 4.5f, cx = std::max(0.0f, radius - dx), cy = std::max(0.0f, radius - dy);
    const float inside = cx > 0 && cy > 0 ? radius - std::sqrt(cx * cx + cy * cy) : std::min(dx, dy);
    return {inside + 1.1f * noise(x / 4.5f, y / 4.5f, 207), hash(id)};
}

Rgb stone_colour(std::uint32_t id)
{
    static const std::vector<Rgb> kinds = {hex(0xb79a72), hex(0xc9b28a), hex(0xa58c6e), hex(0x9d948a),
                                           hex(0xc2a47c), hex(0xb08c76), hex(0xd3c2a0)};
    return kinds[id % kinds.size()] * (0.80f + 0.35f * unit(hash(id + 9)));
}

/// Rubble with sandy joints.
void stone(float x, float y, float& height, Rgb& paint)
{
    const StonePlace place = stone_place(x, y);
    const float face = smooth(0.9f, 4.2f, place.inside);
    const float rough = fbm(x / 6, y / 6, 5, 211 + (place.id & 7U));
    const float lean = (unit(hash(place.id + 4)) - 0.5f) * 1.4f;
    height = -2.6f + face * (2.3f + lean + 0.9f * rough) + 0.35f * fbm(x / 1.7f, y / 1.7f, 2, 219);
    const Rgb face_paint =
        stone_colour(place.id) * (1 + 0.35f * rough + 0.18f * noise(x / 1.3f, y / 1.3f, 220));
    const Rgb joint = hex(0xb9a587) * (0.85f + 0.25f * fbm(x / 2, y / 2, 3, 221));
    paint = mix(joint, face_paint, smooth(0.6f, 1.8f, place.inside));
}

/// How firmly the plaster still holds: above 0 it covers the stones.
float plaster_hold(float x, float y)
{
    return 0.12f + fbm(x / 150 + 2, y / 120, 3, 231) + 0.36f * fbm(x / 26, y / 26, 4, 235)
           - 0.25f * smooth(360, 512, y);
}

void wall_surface(float x, float y, float& height, Rgb& paint)
{
    stone(x, y, height, paint);
    const float hold = plaster_hold(x, y);
    if (hold < 0)
        return;
    const float under = height;
    const float trowel = fbm(x / 34 + 0.3f * noise(x / 9, y / 9, 240), y / 22, 5, 241);
    height = std::max(under + 0.2f, 0.9f * smooth(0, 0.03f, hold) + 0.7f * trowel
                                        + 0.22f * fbm(x / 2.2f, y / 2.2f, 3, 246));
    const float stain = fbm(x / 60, y / 90, 5, 251), streak = fbm(x / 9, y / 130, 4, 256);
    Rgb coat = mix(hex(0xd8ae74), hex(0xe6cb9c), clamp01(0.5f + 0.8f * stain));
    coat = mix(coat, hex(0xc8946c), 0.50f * smooth(0.05f, 0.5f, fbm(x / 110 + 9, y / 80, 4, 259)));
    coat = coat * (1 - 0.30f * smooth(0.05f, 0.5f, streak) * smooth(0.35f, -0.4f, stain));
    coat = mix(coat, hex(0xefe2c8), 0.55f * smooth(0.07f, 0.0f, hold));
    const float crack = ridged(x / 75, y / 75, 3, 262);
    if (crack > 0.855f && noise(x / 60, y / 60, 265) > 0.05f) {
        const float deep = smooth(0.855f, 0.87f, crack);
        height -= 0.9f * deep;
        coat = coat * (1 - 0.35f * deep);
    }
    paint = coat * (1 + 0.07f * noise(x / 1.4f, y / 1.4f, 267));
}

/// A moulded band of stone between the floors.
void cornice(Relief& relief, float y0)
{
    relief.box(0, y0, kWidth, y0 + 13, [&](float x, float y, float& height, Rgb& paint) {
        const float t = y - y0, joint = std::fmod(x + 17, 96.0f);
        height = t < 4.5f ? 7.5f : t < 8.5f ? 7.5f - (t - 4.5f) * 1.0f : 2.4f;
        height += 0.5f * fbm(x / 6, y / 4, 4, 271) - (joint < 0.9f ? 1.5f : 0.0f);
        const float dirt = smooth(-0.1f, 0.5f, fbm(x / 22, y / 7, 4, 275));
        paint = mix(hex(0xd9c8a8), hex(0x9c8c74), 0.55f * dirt) * (1 + 0.12f * fbm(x / 3, y / 3, 2, 279));
    });
}

/// Where ivy grows: it climbs from the lower corners and hangs from the upper right.
float ivy_density(float x, float y)
{
    const float ragged = 0.55f * fbm(x / 55, y / 55, 4, 281);
    const float left = 1.15f - x / 90 - (512 - y) / 330;
    const float right = 1.25f - (768 - x) / 75 - std::max(0.0f, (y - 330) / 260);
    const float middle = 0.95f - std::fabs(x - 392 + 24 * std::sin(y / 60)) / 34 - (512 - y) / 420;
    const float top = 0.75f - y / 34 - std::fabs(x - 560) / 420;
    return std::max({left, right, middle, top}) + ragged;
}

void grow_ivy(Relief& relief)
{
    Random random(291);
    for (int i = 0; i < 26000; ++i) {
        const Point at{random.range(-4, kWidth + 4), random.range(-4, kHeight + 4)};
        const float density = ivy_density(at.x, at.y);
        const float place = random.next();
        const float size = random.range(2.6f, 5.4f), angle = random.range(0.6f, 2.6f);
        const float hue = clamp01(0.5f + 0.9f * fbm(at.x / 45, at.y / 45, 2, 295) + 0.22f * random.normal());
        const float tilt_x = random.range(-0.45f, 0.45f), tilt_y = random.range(-0.2f, 0.6f);
        if (density < 0.12f + 0.5f * place)
            continue;
        Rgb green = ramp({hex(0x2f5228), hex(0x4c7632), hex(0x7ea044), hex(0xa9b95a)}, hue);
        if (unit(hash(std::uint32_t(i))) < 0.03f)
            green = hex(0xb58a45);
        const float level = 2 + 5.0f * clamp01(density) * float(i) / 26000 + 1.5f * place;
        lay(relief, Leaf{at, size, angle, level, tilt_x, tilt_y, green, 5, false});
    }
}

/// The shadow of a tree outside the picture: twigs and leaves, out of focus, patches of sun between.
Plane tree_shadow()
{
    Canvas shade_layer(0, 0, kWidth, kHeight);
    Random random(301);
    const Rgb dark{1, 1, 1};
    for (int i = 0; i < 9; ++i) {
        Point at{random.range(-60, 330), -20.0f + 14 * float(i % 3)};
        float angle = random.range(0.5f, 1.3f), radius = random.range(2.5f, 5.0f);
        for (int k = 0; k < 26; ++k) {
            const Point next{at.x + 13 * std::cos(angle), at.y + 13 * std::sin(angle)};
            draw(shade_layer, Stroke{at, next, radius, radius * 0.93f, dark, dark, 0.9f});
            for (int leaf = 0; leaf < 9; ++leaf)
                draw(shade_layer, Dab{{at.x + 20 * random.normal(), at.y + 17 * random.normal()},
                                      random.range(4, 9),
                                      random.range(2, 4),
                                      random.range(0, 3.1f),
                                      dark,
                                      0.8f});
            angle += 0.16f * random.normal();
            radius *= 0.93f;
            at = next;
        }
    }
    Plane sunlight(kWidth * kScale, kHeight * kScale);
    for (std::size_t i = 0; i < sunlight.values.size(); ++i)
        sunlight.values[i] = 1 - 0.86f * shade_layer.pixels[i].alpha;
    blur(sunlight, 2.4f);
    return sunlight;
}

std::vector<Window> windows()
{
    const Rgb blue = hex(0x5f8fb0), green = hex(0x6f9a7d), red = hex(0xb8604c), plum = hex(0x8d7396),
              teal = hex(0x4f8f90), ochre = hex(0xd0a049), none{};
    const Rgb geranium = hex(0xd83a38), pink = hex(0xe88aa6), white = hex(0xf3eee6), violet = hex(0x8a6cc0);
    return {
        {{118, 132}, 46, 84, blue, false, geranium, 1000}, {{288, 130}, 46, 84, green, false, none, 1100},
        {{458, 131}, 46, 84, red, false, white, 1200},     {{630, 132}, 46, 84, teal, true, pink, 1300},
        {{150, 366}, 48, 88, ochre, true, violet, 1400},   {{302, 364}, 48, 88, plum, false, pink, 1500},
        {{486, 366}, 48, 88, blue, false, geranium, 1600}, {{642, 364}, 48, 88, green, false, none, 1700}};
}

} // namespace

Example wall()
{
    Relief relief;
    for_each_row(relief.height.height, [&](int row) {
        relief.box(0, float(row) / kScale, kWidth, float(row + 1) / kScale, wall_surface);
    });
    cornice(relief, 240);
    for (const Window& window : windows())
        build(relief, window);
    grow_ivy(relief);
    Canvas canvas = light_up(relief, tree_shadow());
    bloom(canvas, 0.8f, 9, 0.18f);
    Picture picture = develop(canvas, {1.0f, 0.20f, 0.018f, 1.05f, 302});
    return {"wall", "Old house front", std::move(picture), blob_mask({458, 136}, 72, 70, 303)};
}

} // namespace lacuna::scenes
