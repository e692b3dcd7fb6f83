// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_parts.h"

namespace lacuna::scenes {

namespace {

/// Soft discs of light, out of focus.
void paint_bokeh(Painting& painting, const CatLook& look)
{
    Random random(look.seed + 21);
    for (int i = 0; i < 9; ++i) {
        const Point at{random.next(), random.range(0.0f, 0.75f)};
        const float radius = random.range(0.03f, 0.085f), strength = random.range(0.1f, 0.34f);
        const Rgb colour =
            mix(look.glow, random.chance(0.3f) ? look.wall_top : Rgb{1, 0.97f, 0.9f}, random.next() * 0.6f);
        painting.over(around(at, radius * 1.1f, radius * 1.1f), [&](Point p) {
            const float d = circle(p, at, radius);
            return Paint{colour,
                         strength * painting.edge(d, 0.012f) * (0.75f + 0.25f * smooth(-radius, 0.0f, d))};
        });
    }
}

/// A window's light on the wall, slanted.
void paint_window_light(Painting& painting, const CatLook& look)
{
    Random random(look.seed + 22);
    const float slant = random.range(-0.35f, 0.35f), left = random.range(-0.05f, 0.45f),
                top = random.range(-0.1f, 0.1f);
    painting.over({0, 0, 1, 0.8f}, [&](Point p) {
        const Point q{p.x + slant * (p.y - 0.3f) - left, p.y - top};
        const float pane =
            std::max(rounded_box(q, {0.27f, 0.3f}, {0.27f, 0.3f}), 0.014f - std::abs(q.x - 0.27f));
        const float bar = std::max(pane, 0.014f - std::abs(q.y - 0.3f));
        return Paint{look.glow, 0.42f * smooth(0.012f, -0.012f, bar)};
    });
}

/// The back of a sofa or cushion behind the cat.
void paint_cushion(Painting& painting, const CatLook& look)
{
    Random random(look.seed + 23);
    const float top = random.range(0.42f, 0.6f), tilt = random.range(-0.08f, 0.08f);
    const float phase = random.range(0, 6);
    const Rgb cloth = mix(look.wall_bottom, look.glow, random.range(0.0f, 0.35f)) * random.range(0.6f, 0.95f);
    painting.over({0, top - 0.12f, 1, 1}, [&](Point p) {
        const float y = top + tilt * (p.x - 0.5f) - 0.05f * (1 - 4 * (p.x - 0.5f) * (p.x - 0.5f));
        const float d = p.y - y;
        const float fold = 0.06f * std::sin(p.x * 14 + 3 * p.y + phase) * std::sin(p.x * 9 - 5 * p.y);
        return Paint{cloth * (0.8f + fold + 0.35f * smooth(0.08f, 0.0f, d)), smooth(-0.006f, 0.008f, d)};
    });
}

/// Leaves of a plant beside the cat, out of focus.
void paint_leaves(Painting& painting, const CatLook& look)
{
    Random random(look.seed + 25);
    const float side = random.chance(0.5f) ? 1.0f : -1.0f;
    const Rgb green = mix(hex(0x4f8a56), mix(hex(0x2f6b62), look.wall_bottom, 0.5f), random.next());
    const Point root{0.5f + side * random.range(0.42f, 0.55f), random.range(0.75f, 0.95f)};
    for (int i = 0; i < 6; ++i) {
        const float angle = -1.57f - side * (random.range(0.1f, 0.3f) + 0.22f * float(i - 2));
        const float reach = random.range(0.35f, 0.7f), half = random.range(0.035f, 0.06f);
        const Point way{std::cos(angle), std::sin(angle)}, tip = root + way * reach;
        const Rgb leaf = green * random.range(0.6f, 1.2f);
        const Box box{std::min(root.x, tip.x) - half, tip.y - half, std::max(root.x, tip.x) + half,
                      root.y + half};
        painting.over(box, [&](Point p) {
            const Point away = p - root;
            const float t = dot(away, way) / reach, u = away.x * way.y - away.y * way.x;
            if (t < 0 || t > 1)
                return Paint{{}, 0};
            const float d = std::abs(u) - half * 4 * t * (1 - t) * (0.6f + 0.5f * t);
            return Paint{leaf * (u * side < 0 ? 1.12f : 0.88f), 0.8f * smooth(0.006f, -0.008f, d)};
        });
    }
}

} // namespace

void paint_cat_backdrop(Painting& painting, const CatLook& look)
{
    painting.over({}, [&](Point p) {
        const Rgb wall = mix(look.wall_top, look.wall_bottom, smooth(0.1f, 1.05f, p.y));
        const Point away = p - look.glow_at;
        const float glow = 0.5f / (1 + 9 * dot(away, away));
        const Point middle{p.x - 0.5f, p.y - 0.5f};
        return Paint{mix(wall, look.glow, glow) * (1 - 0.5f * dot(middle, middle)), 1};
    });
    if (look.backdrop == 1)
        paint_bokeh(painting, look);
    else if (look.backdrop == 2)
        paint_window_light(painting, look);
    else if (look.backdrop == 3)
        paint_cushion(painting, look);
    else if (look.backdrop == 4)
        paint_leaves(painting, look);
}

} // namespace lacuna::scenes
