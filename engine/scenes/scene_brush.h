// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/scene_canvas.h"

namespace lacuna::scenes {

/// A round-ended line whose width and colour change from one end to the other.
struct Stroke {
    Point from, to;
    float from_radius, to_radius;
    Rgb from_colour, to_colour;
    float alpha = 1;
};
void draw(Canvas& canvas, const Stroke& stroke);

/// A tapering curve through a bend: a blade, a stem, a twig.
struct Blade {
    Point root, bend, tip;
    float radius;
    Rgb root_colour, tip_colour;
    float alpha = 1;
};
void draw(Canvas& canvas, const Blade& blade);

/// A turned ellipse; `soft` is the part of its radius over which the edge fades.
struct Dab {
    Point centre;
    float radius_x, radius_y, angle;
    Rgb colour;
    float alpha = 1;
    float soft = 0.2f;
};
void draw(Canvas& canvas, const Dab& dab);

/// A filled outline whose colour is asked for at every pixel.
void fill_polygon(Canvas& canvas, const std::vector<Point>& outline,
                  const std::function<Rgb(float x, float y)>& colour, float alpha = 1);

/// A hole with a rounded, slightly uneven border as a person would paint it.
Mask blob_mask(Point centre, float radius_x, float radius_y, std::uint32_t seed);

} // namespace lacuna::scenes
