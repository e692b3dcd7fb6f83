// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_relief.h"

namespace lacuna::scenes {

namespace {

/// Towards the sun: left, up, and out of the wall.
constexpr float kSunX = -0.56f, kSunY = -0.62f, kSunZ = 0.55f;

/// How much of the sun is seen from a sub-pixel, by walking towards it over the relief.
float sun_seen(const Plane& height, int column, int row)
{
    const float flat = std::sqrt(kSunX * kSunX + kSunY * kSunY);
    const float step = 1.4f, rise = step / kScale * kSunZ / flat;
    const float step_x = step * kSunX / flat, step_y = step * kSunY / flat;
    float x = float(column) + 0.5f, y = float(row) + 0.5f, ray = height.at(column, row) + 0.12f, seen = 1;
    for (int i = 1; i < 40; ++i) {
        x += step_x;
        y += step_y;
        ray += rise;
        if (x < 0 || y < 0)
            break;
        // The farther the edge that hides the sun, the softer its shadow.
        const float hidden = (height.at(int(x), int(y)) - ray) / (0.25f + 0.045f * float(i));
        seen = std::min(seen, 1 - hidden);
        if (seen <= 0)
            return 0;
    }
    return seen;
}

} // namespace

void lay(Relief& relief, const Leaf& leaf)
{
    const float r = leaf.radius, c = std::cos(leaf.angle), s = std::sin(leaf.angle);
    relief.box(leaf.centre.x - r, leaf.centre.y - r, leaf.centre.x + r, leaf.centre.y + r,
               [&](float x, float y, float& height, Rgb& paint) {
                   const float dx = x - leaf.centre.x, dy = y - leaf.centre.y;
                   const float u = (c * dx + s * dy) / r, v = (c * dy - s * dx) / r;
                   float edge = 1, distance = std::sqrt(u * u + v * v);
                   if (leaf.lobes == 0)
                       distance = std::sqrt(u * u + v * v * 4.5f);
                   else
                       edge = (leaf.round ? 0.80f : 0.70f)
                              + (leaf.round ? 0.20f : 0.28f) * std::cos(float(leaf.lobes) * std::atan2(v, u));
                   if (distance >= edge)
                       return;
                   const float out = distance / edge;
                   const float level =
                       leaf.level + 0.9f * (1 - out * out) + leaf.tilt_x * dx + leaf.tilt_y * dy;
                   if (level < height - 1.0f)
                       return;
                   height = level;
                   const float vein = leaf.round ? 0.0f : 0.16f * (1 - smooth(0.0f, 0.13f, std::fabs(v)));
                   paint = leaf.colour * (0.86f + 0.20f * (leaf.round ? 1 - out : out) + vein);
               });
}

Canvas light_up(const Relief& relief, const Plane& sunlight)
{
    static const Rgb sun_colour = hex(0xfff0cf) * 1.55f, sky_colour = hex(0x9db9dc) * 0.42f,
                     bounce_colour = hex(0xd9b48c) * 0.16f;
    const Plane& height = relief.height;
    Plane around = height;
    blur(around, 5);
    Canvas canvas(0, 0, kWidth, kHeight);
    for_each_row(height.height, [&](int row) {
        for (int column = 0; column < height.width; ++column) {
            const int west = std::max(0, column - 1), east = std::min(height.width - 1, column + 1);
            const int north = std::max(0, row - 1), south = std::min(height.height - 1, row + 1);
            const float slope_x = std::clamp(height.at(east, row) - height.at(west, row), -3.0f, 3.0f);
            const float slope_y =
                std::clamp(height.at(column, south) - height.at(column, north), -3.0f, 3.0f);
            const float norm = 1 / std::sqrt(slope_x * slope_x + slope_y * slope_y + 1);
            const float facing = (-slope_x * kSunX - slope_y * kSunY + kSunZ) * norm;
            const float open =
                clamp01(1.02f - 0.085f * std::max(0.0f, around.at(column, row) - height.at(column, row)));
            const float sun =
                std::max(0.0f, facing) * sun_seen(height, column, row) * sunlight.at(column, row);
            const float sky = open * (0.62f + 0.38f * norm) * (1 + 0.25f * slope_y * norm);
            const float bounce = open * (1 - 0.5f * slope_y * norm);
            const Rgb light = sun_colour * sun + sky_colour * sky + bounce_colour * bounce;
            canvas.at(column, row) = {relief.paint[std::size_t(row) * height.width + column] * light, 1};
        }
    });
    return canvas;
}

} // namespace lacuna::scenes
