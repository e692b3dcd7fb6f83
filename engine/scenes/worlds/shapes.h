// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "engine/scenes/colour.h"

/// Signed distances to shapes, negative inside, in the units of their coordinates.
namespace lacuna::scenes {

inline Point operator+(Point a, Point b)
{
    return {a.x + b.x, a.y + b.y};
}
inline Point operator-(Point a, Point b)
{
    return {a.x - b.x, a.y - b.y};
}
inline Point operator*(Point a, float f)
{
    return {a.x * f, a.y * f};
}
inline float dot(Point a, Point b)
{
    return a.x * b.x + a.y * b.y;
}
inline float length(Point a)
{
    return std::sqrt(dot(a, a));
}

/// The point turned by -angle: coordinates in a frame that is turned by `angle` (radians, clockwise on screen).
inline Point turned(Point p, float angle)
{
    const float c = std::cos(angle), s = std::sin(angle);
    return {c * p.x + s * p.y, c * p.y - s * p.x};
}

inline float circle(Point p, Point centre, float radius)
{
    return length(p - centre) - radius;
}

/// First-order distance to an ellipse with axes along the coordinates: exact on the outline, and near it.
inline float ellipse(Point p, Point centre, float radius_x, float radius_y)
{
    const Point q{(p.x - centre.x) / radius_x, (p.y - centre.y) / radius_y};
    const float k = length(q);
    const Point slope{q.x / radius_x, q.y / radius_y};
    const float steepness = length(slope);
    return steepness < 1e-6f ? -std::min(radius_x, radius_y) : k * (k - 1) / steepness;
}

/// A rectangle with rounded corners.
inline float rounded_box(Point p, Point centre, Point half, float radius = 0)
{
    const Point q{std::abs(p.x - centre.x) - half.x + radius, std::abs(p.y - centre.y) - half.y + radius};
    const Point outside{std::max(q.x, 0.0f), std::max(q.y, 0.0f)};
    return length(outside) + std::min(std::max(q.x, q.y), 0.0f) - radius;
}

/// Where the nearest point of a line lies on it, in [0, 1].
inline float along(Point p, Point from, Point to)
{
    const Point line = to - from;
    return clamp01(dot(p - from, line) / std::max(dot(line, line), 1e-12f));
}

/// A line with round ends whose radius changes from one end to the other.
inline float capsule(Point p, Point from, Point to, float from_radius, float to_radius)
{
    const float t = along(p, from, to);
    return length(p - from - (to - from) * t) - mix(from_radius, to_radius, t);
}

/// A closed polygon, convex or not.
inline float polygon(Point p, std::span<const Point> corners)
{
    float nearest = 1e9f;
    bool inside = false;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const Point a = corners[i], b = corners[j];
        nearest = std::min(nearest, capsule(p, a, b, 0, 0));
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside ? -nearest : nearest;
}

/// The curve through the bend's pull, drawn as short lines; `radius` at both ends of the stroke.
inline float stroke(Point p, Point from, Point bend, Point to, float from_radius, float to_radius)
{
    constexpr int kPieces = 8;
    float nearest = 1e9f;
    Point last = from;
    for (int i = 1; i <= kPieces; ++i) {
        const float t = float(i) / kPieces, before = float(i - 1) / kPieces;
        const Point next = from * ((1 - t) * (1 - t)) + bend * (2 * t * (1 - t)) + to * (t * t);
        nearest = std::min(nearest, capsule(p, last, next, mix(from_radius, to_radius, before),
                                            mix(from_radius, to_radius, t)));
        last = next;
    }
    return nearest;
}

/// Both shapes, melted together over a width of about k.
inline float melted(float a, float b, float k)
{
    const float h = clamp01(0.5f + 0.5f * (b - a) / k);
    return mix(b, a, h) - k * h * (1 - h);
}

} // namespace lacuna::scenes
