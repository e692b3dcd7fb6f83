// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/sky_flyers.h"

#include <array>

#include "engine/scenes/worlds/shapes.h"

namespace lacuna::scenes {

namespace {

/// Paints inside the patch only, in the light of the hour.
class FlyerPainter {
public:
    FlyerPainter(Painting& painting, const SkyScene& scene, std::string_view what)
        : random(sky_random(scene.seed, what)),
          painting_(painting),
          centre_(scene.patch),
          half_{scene.patch_half.x - 0.03f, scene.patch_half.y - 0.03f}
    {
        const Point way = scene.sun - scene.patch;
        sun_ = way * (0.8f / (length(way) + 0.1f));
        // Bright enough to be seen at any hour.
        light_ = mix(scene.palette.land, Rgb{1, 0.96f, 0.9f}, 0.3f + 0.12f * scene.night);
        glow_ = smooth(0.5f, 0.85f, scene.hour);
    }

    /// A place for something of this extent around its middle.
    Point place(float half_width, float half_height)
    {
        const float x = half_.x - half_width, y = half_.y - half_height;
        return centre_ + Point{random.range(-x, x), random.range(-y, y)};
    }
    template <typename Shader> void over(const Box& box, Shader&& shader)
    {
        painting_.over({std::max(box.left, centre_.x - half_.x), std::max(box.top, centre_.y - half_.y),
                        std::min(box.right, centre_.x + half_.x), std::min(box.bottom, centre_.y + half_.y)},
                       shader);
    }
    float edge(float d) const { return painting_.edge(d); }
    Rgb lit(Rgb colour) const { return colour * light_; }
    float glow() const { return glow_; }
    /// Brightness of a round thing where its surface looks this way.
    float round_light(float across, float down) const
    {
        const float facing = std::sqrt(std::max(0.0f, 1 - across * across - down * down));
        return 0.42f + 0.72f * clamp01(0.45f + 0.4f * (across * sun_.x + down * sun_.y) + 0.35f * facing);
    }

    void line(Point from, Point to, float radius, Rgb colour, float alpha = 1)
    {
        const Box box{std::min(from.x, to.x) - 0.02f, std::min(from.y, to.y) - 0.02f,
                      std::max(from.x, to.x) + 0.02f, std::max(from.y, to.y) + 0.02f};
        over(box, [&](Point p) -> Paint {
            return {colour, alpha * edge(capsule(p, from, to, radius, radius))};
        });
    }

    Random random;

private:
    Painting& painting_;
    Point centre_, half_, sun_{};
    Rgb light_{};
    float glow_ = 0;
};

struct Colours {
    Rgb main{}, second{}, third{};
};

Colours draw_colours(Random& random)
{
    static const std::array<std::array<std::uint32_t, 3>, 6> sets{{{0xd8382c, 0xf6c33c, 0xf7efe0},
                                                                   {0xe8622a, 0x2b4c9a, 0xf7efe0},
                                                                   {0xc62f54, 0xf4a6a0, 0x5a2a6e},
                                                                   {0xf2b21e, 0xd8432e, 0x2e7a6a},
                                                                   {0xd9402f, 0x2f6db4, 0xf5f0e6},
                                                                   {0xe23d6d, 0xffc94a, 0x2b9a8a}}};
    const auto& set = sets[std::size_t(random.below(int(sets.size())))];
    return {hex(set[0]), hex(set[1]), hex(set[2])};
}

void paint_bird(FlyerPainter& brush, Point body, float span, float flap, float bank, Rgb colour)
{
    const float reach = 0.5f * span, thick = 0.062f * span;
    brush.over(around(body, 1.1f * reach, 1.1f * reach), [&](Point p) -> Paint {
        const Point q = turned(p - body, bank);
        const Point wing{std::abs(q.x), q.y};
        const Point elbow{0.5f * reach, -flap * reach}, tip{reach, -0.15f * flap * reach};
        const float arm = stroke(wing, {0, 0}, elbow, tip, thick, 0.2f * thick);
        const float trunk = capsule(q, {0, -0.045f * span}, {0, 0.12f * span}, 0.042f * span, 0.03f * span);
        const float shade = q.y > 0.02f * span ? 0.85f : 1.0f;
        return {colour * shade, brush.edge(std::min(arm, trunk))};
    });
}

void paint_birds(FlyerPainter& brush, Rgb behind)
{
    const Rgb dark = brush.lit(hex(0x20242c)) * 0.6f, pale = brush.lit(hex(0xfaf6ee));
    const Rgb colour = luminance(behind) < 0.12f ? pale : dark;
    const Point middle = brush.place(0.165f, 0.12f);
    const float way = brush.random.chance(0.5f) ? 1.0f : -1.0f,
                bank = 0.22f * way * brush.random.range(0.2f, 1.0f);
    const int count = 4 + brush.random.below(2);
    const Point spots[] = {
        {0.06f, 0.005f}, {-0.075f, -0.06f}, {-0.07f, 0.07f}, {0.09f, -0.075f}, {0.085f, 0.08f}};
    for (int i = 0; i < count; ++i) {
        const Point jitter{brush.random.range(-0.012f, 0.012f), brush.random.range(-0.012f, 0.012f)};
        const Point spot{spots[i].x * way, spots[i].y};
        const float span = i == 0 ? 0.19f : brush.random.range(0.11f, 0.135f);
        const float flap = brush.random.range(0.35f, 0.95f), roll = brush.random.range(-0.12f, 0.12f);
        paint_bird(brush, middle + spot + jitter, span, flap, bank + roll, colour);
    }
}

void paint_kite(FlyerPainter& brush)
{
    const Colours colours = draw_colours(brush.random);
    const float side = brush.random.chance(0.5f) ? 1.0f : -1.0f,
                lean = side * brush.random.range(0.25f, 0.65f);
    const Point middle = brush.place(0.13f, 0.162f) + Point{0, -0.068f};
    const Point up{std::sin(lean), -std::cos(lean)}, right{-up.y, up.x};
    const auto at = [&](float u, float v) { return middle + right * u + up * v; };
    const std::array<Point, 4> corners{at(0, 0.092f), at(0.074f, 0.024f), at(0, -0.096f),
                                       at(-0.074f, 0.024f)};
    const float wag = brush.random.range(0.7f, 1.2f);

    // Tail: a wave with bows on it.
    const Point start = corners[2];
    const auto tail = [&](float t) {
        return start + Point{-side * 0.03f * t + 0.019f * wag * std::sin(5.5f * t) * (0.4f + t), 0.135f * t};
    };
    for (int i = 0; i < 8; ++i)
        brush.line(tail(float(i) / 8), tail(float(i + 1) / 8), 0.0045f, brush.lit(hex(0xf2ece0)));
    for (int i = 1; i <= 3; ++i) {
        const Point bow = tail(float(i) / 3 - 0.02f);
        brush.over(around(bow, 0.022f, 0.016f), [&](Point p) -> Paint {
            const float wings = std::max(std::abs(p.y - bow.y) - 0.55f * std::abs(p.x - bow.x) - 0.003f,
                                         std::abs(p.x - bow.x) - 0.018f);
            return {brush.lit(i % 2 ? colours.main : colours.third), brush.edge(wings)};
        });
    }
    brush.over(around(middle, 0.13f, 0.13f), [&](Point p) -> Paint {
        const float cover = brush.edge(polygon(p, corners));
        if (cover <= 0)
            return {{}, 0};
        const float u = dot(p - middle, right), v = dot(p - middle, up) - 0.025f;
        const bool upper = v > 0, left = u < 0;
        Rgb colour = upper == left ? colours.main : colours.second;
        if (std::min(std::abs(u), std::abs(v)) < 0.0035f)
            colour = colours.third * 0.8f;
        const float bulge = 1 - 2.2f * std::abs(u) - 0.8f * std::abs(v);
        return {brush.lit(colour) * (0.78f + 0.3f * bulge + (left ? 0.08f : -0.05f)), cover};
    });
}

/// Half the width of a balloon at height v, 0 its top and 1 its mouth; 1 at the widest.
float balloon_profile(float v)
{
    constexpr float kWidest = 0.42f;
    if (v <= kWidest) {
        const float t = 1 - v / kWidest;
        return std::sqrt(std::max(0.0f, 1 - t * t));
    }
    const float t = (v - kWidest) / (1 - kWidest);
    return 1 - 0.8f * t * t * (1.35f - 0.35f * t);
}

void paint_balloon(FlyerPainter& brush)
{
    const Colours colours = draw_colours(brush.random);
    const float radius = brush.random.range(0.092f, 0.104f), tall = 2.15f * radius;
    const Point middle = brush.place(radius + 0.005f, 0.15f);
    const Point top = middle - Point{0, 0.5f * (tall + 0.065f)};
    const int gores = 5 + brush.random.below(4), pattern = brush.random.below(3);
    const float mouth = top.y + tall, basket = mouth + 0.042f, half = 0.021f;

    for (const float side : {-1.0f, -0.35f, 0.35f, 1.0f})
        brush.line({top.x + side * 0.19f * radius, mouth}, {top.x + side * 0.85f * half, basket}, 0.0022f,
                   brush.lit(hex(0x4a3a30)), 0.8f);
    brush.over(around({top.x, basket + 0.012f}, 0.03f, 0.022f), [&](Point p) -> Paint {
        const float u = (p.x - top.x) / half;
        const Rgb colour = p.y < basket + 0.004f ? hex(0x5a3c22) : hex(0x9a6a3a);
        return {brush.lit(colour) * (0.75f + 0.3f * brush.round_light(u, 0)),
                brush.edge(rounded_box(p, {top.x, basket + 0.012f}, {half, 0.016f}, 0.006f))};
    });
    brush.over(
        {top.x - radius - 0.01f, top.y - 0.005f, top.x + radius + 0.01f, mouth}, [&](Point p) -> Paint {
            const float v = (p.y - top.y) / tall;
            if (v <= 0)
                return {{}, 0};
            const float wide = radius * balloon_profile(v), across = (p.x - top.x) / std::max(wide, 1e-4f);
            const float cover = brush.edge(std::abs(p.x - top.x) - wide);
            if (cover <= 0)
                return {{}, 0};
            const float turn = std::asin(std::clamp(across, -1.0f, 1.0f)) * 0.31831f + 0.5f;
            const int gore = int(turn * float(gores));
            const float rib = std::abs(turn * float(gores) - float(gore) - 0.5f);
            Rgb colour = gore % 2 ? colours.second : colours.main;
            if (pattern > 0 && std::abs(v - 0.45f) < (pattern == 1 ? 0.09f : 0.05f))
                colour = pattern == 1 ? colours.third : (gore % 2 ? colours.main : colours.second);
            if (v > 0.88f || v < 0.05f)
                colour = colours.third * 0.8f;
            const float light = brush.round_light(0.95f * across, 1.6f * (v - 0.45f)) * (1.04f - 0.22f * rib);
            const Rgb flame =
                colour * Rgb{1.0f, 0.72f, 0.4f} * (brush.glow() * smooth(0.1f, 1.0f, v) * 0.75f);
            return {brush.lit(colour) * light + flame, cover};
        });
}

void paint_airship(FlyerPainter& brush)
{
    const Colours colours = draw_colours(brush.random);
    const float long_half = 0.158f, high = 0.05f;
    const float way = brush.random.chance(0.5f) ? 1.0f : -1.0f, lean = brush.random.range(-0.1f, 0.1f);
    const Point middle = brush.place(0.172f, 0.085f);
    const Rgb hull = mix(hex(0xe9e6df), hex(0xc9d2da), brush.random.next());
    brush.over(around(middle, 0.18f, 0.11f), [&](Point p) -> Paint {
        Point q = turned(p - middle, lean);
        q.x *= way; // the nose points to +x
        // Fins behind, gondola below, hull before them.
        const float reach = (q.x + long_half) / 0.075f;
        const float fin =
            std::max({-q.x - long_half - 0.008f, q.x + long_half - 0.07f,
                      std::abs(q.y) - mix(0.082f, 0.03f, clamp01(reach)), 0.016f - std::abs(q.y)});
        const float body = ellipse(q, {0, 0}, long_half * (q.x < 0 ? 1.05f : 0.98f), high);
        const float cabin = rounded_box(q, {0.025f, high + 0.006f}, {0.042f, 0.013f}, 0.008f);
        const float cover = brush.edge(std::min({fin, body, cabin}));
        if (cover <= 0)
            return {{}, 0};
        if (body < 0) {
            const float down = q.y / high;
            const float light = brush.round_light(0.5f * q.x / long_half * way, 0.95f * down);
            const float seam = std::abs(std::sin(down * 5.5f)) < 0.14f ? 0.93f : 1.0f;
            const Rgb colour =
                std::abs(down - 0.12f) < 0.2f || q.x < -0.75f * long_half ? colours.main : hull;
            return {brush.lit(colour) * (1.05f * light * seam), cover};
        }
        if (cabin < 0) {
            const bool pane = std::abs(q.y - high - 0.006f) < 0.005f && std::sin(q.x * 300) > -0.2f;
            return {pane ? mix(hex(0x2c3844), hex(0xffd27a), brush.glow()) : brush.lit(hex(0x4c5560)), cover};
        }
        return {brush.lit(colours.main) * (q.y < 0 ? 0.95f : 0.6f), cover};
    });
}

void paint_parachutist(FlyerPainter& brush)
{
    const Colours colours = draw_colours(brush.random);
    const float half = 0.112f, high = 0.092f, swing = brush.random.range(-0.14f, 0.14f);
    const Point middle = brush.place(0.13f, 0.15f);
    const Point hem{middle.x, middle.y - 0.05f};
    const auto hang = [&](float u, float v) { // in the frame of the swinging ropes
        const Point p{u, v};
        return hem + turned(p, -swing);
    };
    const Point man = hang(0, 0.14f);
    const Rgb rope = brush.lit(hex(0xd8d4cc)), cloth = brush.lit(hex(0x2c3444));
    for (const float side : {-0.95f, -0.45f, 0.45f, 0.95f})
        brush.line(hang(side * half, 0), hang(0.012f * side, 0.118f), 0.0024f, rope, 0.85f);
    brush.over(around(man, 0.05f, 0.055f), [&](Point p) -> Paint {
        const Point q = turned(p - man, swing);
        const Point w{std::abs(q.x), q.y};
        const float head = circle(q, {0, -0.024f}, 0.0115f);
        const float trunk = capsule(q, {0, -0.008f}, {0, 0.014f}, 0.013f, 0.011f);
        const float arm = capsule(w, {0.008f, -0.008f}, {0.022f, -0.026f}, 0.006f, 0.005f);
        const float leg = capsule(w, {0.005f, 0.016f}, {0.014f, 0.042f}, 0.008f, 0.006f);
        const Rgb colour = head < 0 ? brush.lit(colours.third) : cloth;
        return {colour, brush.edge(std::min({head, trunk, arm, leg}))};
    });
    brush.over(around(hem - Point{0, 0.03f}, 0.14f, 0.12f), [&](Point p) -> Paint {
        const Point q = turned(p - hem, swing);
        const float u = q.x / half, v = -q.y / high;
        const float turn = std::asin(std::clamp(u, -1.0f, 1.0f)) * 0.31831f + 0.5f;
        const float lobe = turn * 7 - std::floor(turn * 7) - 0.5f;
        const float dome =
            std::max(ellipse(q, {0, 0}, half, high), q.y - 0.012f * (4 * lobe * lobe) + 0.004f);
        const float cover = brush.edge(dome);
        if (cover <= 0)
            return {{}, 0};
        const Rgb colour = int(turn * 7) % 2 ? colours.second : colours.main;
        const float light = brush.round_light(0.9f * u, -0.75f * v + 0.25f) * (1.05f - 0.5f * lobe * lobe);
        return {brush.lit(colour) * light, cover};
    });
}

} // namespace

void paint_flyer(Painting& painting, const SkyScene& scene, Flyer flyer, Rgb behind)
{
    FlyerPainter brush(painting, scene, "flyer");
    switch (flyer) {
    case Flyer::None:
        return;
    case Flyer::Birds:
        return paint_birds(brush, behind);
    case Flyer::Kite:
        return paint_kite(brush);
    case Flyer::Balloon:
        return paint_balloon(brush);
    case Flyer::Airship:
        return paint_airship(brush);
    case Flyer::Parachutist:
        return paint_parachutist(brush);
    }
}

} // namespace lacuna::scenes
