// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_boat.h"

#include "engine/scenes/scene_brush.h"
#include "engine/scenes/scene_noise.h"

namespace lacuna::scenes {

namespace {

const Rgb kHaze = hex(0xd9a08a);

/// Draws in the boat's own units: the hull is 1 long, y is up, the bow is at +x.
class Shipwright {
public:
    Shipwright(Canvas& canvas, const Boat& boat) : canvas_(canvas), boat_(boat) {}

    Point to_picture(float x, float y) const
    {
        const float lean = x + 0.035f * y;
        return {boat_.place.x + (boat_.to_left ? -lean : lean) * boat_.length,
                boat_.place.y - y * boat_.length};
    }
    Point to_boat(float x, float y) const
    {
        const float up = (boat_.place.y - y) / boat_.length, along = (x - boat_.place.x) / boat_.length;
        return {(boat_.to_left ? -along : along) - 0.035f * up, up};
    }
    Rgb air(Rgb colour) const { return mix(colour, kHaze, boat_.haze); }

    void line(Point from, Point to, float width, Rgb colour, float alpha = 1)
    {
        const float radius = std::max(0.16f, width * boat_.length * 0.5f);
        draw(canvas_, Stroke{to_picture(from.x, from.y), to_picture(to.x, to.y), radius, radius * 0.8f,
                             air(colour), air(colour), alpha});
    }
    void shape(const std::vector<Point>& outline, const std::function<Rgb(Point)>& colour)
    {
        std::vector<Point> corners;
        for (const Point& p : outline)
            corners.push_back(to_picture(p.x, p.y));
        fill_polygon(canvas_, corners, [&](float x, float y) { return air(colour(to_boat(x, y))); });
    }
    void sail(const std::vector<Point>& corners, float belly, Rgb cloth);
    void hull();
    void rig();

private:
    void mast(float x, float top);
    Canvas& canvas_;
    const Boat& boat_;
};

/// Edges from corner to corner, each bulging outwards a little, as wind fills the cloth.
std::vector<Point> filled_edges(const std::vector<Point>& corners, float belly)
{
    std::vector<Point> outline;
    Point centre;
    for (const Point& p : corners)
        centre = {centre.x + p.x / float(corners.size()), centre.y + p.y / float(corners.size())};
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point a = corners[i], b = corners[(i + 1) % corners.size()];
        // Only the trailing edge and the foot are free to move; the first edge is laced to a spar.
        const float bulge = i == 0 ? 0 : belly;
        const Point middle{(a.x + b.x) / 2 - centre.x, (a.y + b.y) / 2 - centre.y};
        for (int k = 0; k < 10; ++k) {
            const float t = float(k) / 10, push = 4 * t * (1 - t) * bulge;
            outline.push_back({mix(a.x, b.x, t) + push * middle.x, mix(a.y, b.y, t) + push * middle.y});
        }
    }
    return outline;
}

void Shipwright::sail(const std::vector<Point>& corners, float belly, Rgb cloth)
{
    const Point luff = corners[0], foot = corners[1];
    shape(filled_edges(corners, belly), [&](Point p) {
        const float height = clamp01((p.y - foot.y) / (luff.y - foot.y));
        const float spar = mix(foot.x, luff.x, height);
        const float across = (p.x - spar) * (corners[2].x < foot.x ? -1.0f : 1.0f) / 0.45f;
        // Low sun shines through the cloth: brightest in its middle, dark along the spar and in the folds.
        float light = 0.52f + 0.66f * smooth(0.0f, 0.55f, across) - 0.25f * smooth(0.45f, 1.1f, across);
        light += 0.10f * noise(across * 2.5f + height * 3, height * 2 - across * 4, boat_.seed);
        const float seam = std::fabs(std::fmod(p.y * 9.0f + across * 0.6f + 9, 1.0f) - 0.5f);
        light *= 1 - 0.13f * smooth(0.40f, 0.49f, seam);
        const Rgb warm =
            mix(Rgb{0.95f, 0.85f, 0.92f}, Rgb{1.22f, 0.96f, 0.74f}, 0.35f + 0.65f * (1 - height));
        return cloth * warm * light;
    });
}

void Shipwright::hull()
{
    const std::vector<Point> side = {{-0.50f, 0.115f}, {-0.25f, 0.092f}, {0.0f, 0.088f}, {0.25f, 0.105f},
                                     {0.42f, 0.135f},  {0.56f, 0.175f},  {0.50f, 0.09f}, {0.41f, -0.02f},
                                     {-0.44f, -0.02f}, {-0.48f, 0.05f}};
    shape({{-0.30f, 0.09f}, {-0.28f, 0.155f}, {-0.02f, 0.165f}, {0.12f, 0.14f}, {0.16f, 0.09f}},
          [&](Point p) {
              const bool window = std::fabs(p.y - 0.128f) < 0.014f && std::fmod(p.x + 1.0f, 0.09f) < 0.055f;
              return window ? hex(0x2b2a33) : mix(hex(0xb39c86), hex(0xe2cdb2), clamp01((p.y - 0.09f) * 14));
          });
    shape(side, [&](Point p) {
        const float sheer = 0.088f + 0.30f * p.x * p.x * (p.x > 0 ? 1.0f : 0.35f);
        const float up = p.y / sheer;
        Rgb colour = boat_.hull * (0.45f + 0.55f * smooth(-0.1f, 1.0f, up));
        colour = colour * (1 + 0.22f * p.x * (boat_.to_left ? 1.0f : -1.0f));
        colour = colour * (0.94f + 0.08f * noise(p.x * 14, p.y * 60, boat_.seed + 3));
        if (up > 0.70f && up < 0.84f)
            colour = boat_.stripe;
        if (up > 0.90f)
            colour = mix(boat_.hull, hex(0xf3dcc0), 0.75f);
        return p.y < 0.018f ? colour * 0.35f : colour;
    });
}

void Shipwright::mast(float x, float top)
{
    line({x, 0.08f}, {x, top}, 0.020f, hex(0x5b4636));
    line({x + 0.004f, 0.12f}, {x + 0.004f, top - 0.02f}, 0.007f, hex(0xd9b58c), 0.7f);
}

void Shipwright::rig()
{
    const Rgb rope = hex(0x4a4042), spar = hex(0x6a4e38);
    switch (boat_.rig) {
    case Boat::Rig::Sloop:
        sail({{0.035f, 1.40f}, {0.035f, 0.24f}, {-0.47f, 0.22f}}, 0.22f, boat_.sail);
        mast(0.05f, 1.46f);
        sail({{0.075f, 1.22f}, {0.50f, 0.20f}, {0.06f, 0.22f}}, -0.10f,
             mix(boat_.sail, hex(0xf0e2cc), 0.45f));
        line({0.05f, 0.225f}, {-0.49f, 0.215f}, 0.020f, spar);
        line({0.05f, 1.44f}, {0.54f, 0.17f}, 0.004f, rope, 0.7f);
        line({0.05f, 1.44f}, {-0.49f, 0.11f}, 0.004f, rope, 0.5f);
        break;
    case Boat::Rig::Gaff:
        sail({{0.055f, 0.88f}, {0.055f, 0.22f}, {-0.50f, 0.21f}, {-0.34f, 1.14f}}, 0.10f, boat_.sail);
        sail({{0.06f, 1.34f}, {0.05f, 0.92f}, {-0.31f, 1.16f}}, 0.05f, boat_.sail * 0.92f);
        mast(0.07f, 1.38f);
        sail({{0.10f, 1.10f}, {0.66f, 0.24f}, {0.11f, 0.24f}}, -0.12f, boat_.sail * 1.08f);
        line({0.07f, 0.86f}, {-0.36f, 1.16f}, 0.018f, spar);
        line({0.07f, 0.215f}, {-0.52f, 0.205f}, 0.020f, spar);
        line({0.48f, 0.15f}, {0.70f, 0.225f}, 0.020f, spar);
        line({0.07f, 1.36f}, {0.70f, 0.22f}, 0.004f, rope, 0.7f);
        break;
    case Boat::Rig::Ketch:
        sail({{-0.315f, 0.92f}, {-0.315f, 0.24f}, {-0.58f, 0.23f}}, 0.18f, boat_.sail);
        mast(-0.30f, 0.97f);
        sail({{0.135f, 1.26f}, {0.135f, 0.24f}, {-0.25f, 0.22f}}, 0.20f, boat_.sail);
        mast(0.15f, 1.32f);
        sail({{0.175f, 1.12f}, {0.54f, 0.21f}, {0.16f, 0.23f}}, -0.10f, mix(boat_.sail, hex(0xf0e2cc), 0.3f));
        line({0.15f, 0.225f}, {-0.27f, 0.215f}, 0.018f, spar);
        line({0.15f, 1.30f}, {0.56f, 0.18f}, 0.004f, rope, 0.7f);
        line({0.15f, 1.30f}, {-0.30f, 0.95f}, 0.004f, rope, 0.6f);
        break;
    }
}

} // namespace

Canvas paint_boat(const Boat& boat)
{
    const int reach = int(boat.length * 0.85f) + 3, height = int(boat.length * 1.6f) + 3;
    Canvas canvas(int(boat.place.x) - reach, int(boat.place.y) - height, 2 * reach, height + 4);
    Shipwright wright(canvas, boat);
    wright.rig();
    wright.hull();
    return canvas;
}

std::vector<Boat> harbour_fleet()
{
    using enum Boat::Rig;
    const Rgb cream = hex(0xf4ead6), tan = hex(0xa3563a), ochre = hex(0xd89b3f), teal = hex(0x5d9a97),
              rose = hex(0xd98a86), brown = hex(0x8a3a2c), white = hex(0xe9e4dc), blue = hex(0x2f5d86),
              green = hex(0x3c6b57), black = hex(0x33313a), red = hex(0x9c3a30);
    return {
        {{322, 243}, 22, Sloop, false, cream, white, blue, 0.42f, 11},
        {{585, 245}, 24, Gaff, true, tan, black, cream, 0.40f, 12},
        {{690, 252}, 33, Sloop, true, teal, white, red, 0.28f, 13},
        {{70, 262}, 42, Gaff, false, brown, black, ochre, 0.20f, 14},
        {{520, 268}, 47, Sloop, false, ochre, green, cream, 0.16f, 15},
        {{390, 277}, 46, Sloop, false, cream, blue, ochre, 0.13f, 17},
        {{182, 284}, 54, Ketch, true, rose, white, blue, 0.12f, 16},
        {{636, 318}, 70, Gaff, true, tan, white, green, 0.05f, 18},
        {{282, 356}, 80, Sloop, true, teal, red, cream, 0.02f, 19},
    };
}

} // namespace lacuna::scenes
