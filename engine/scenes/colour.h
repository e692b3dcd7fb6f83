// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::scenes {

/// A colour in linear light.
struct Rgb {
    float r = 0, g = 0, b = 0;
    Rgb operator+(Rgb o) const { return {r + o.r, g + o.g, b + o.b}; }
    Rgb operator-(Rgb o) const { return {r - o.r, g - o.g, b - o.b}; }
    Rgb operator*(Rgb o) const { return {r * o.r, g * o.g, b * o.b}; }
    Rgb operator*(float f) const { return {r * f, g * f, b * f}; }
};

struct Point {
    float x = 0, y = 0;
};

inline float clamp01(float t)
{
    return t < 0 ? 0 : t > 1 ? 1 : t;
}
inline float mix(float a, float b, float t)
{
    return a + (b - a) * t;
}
inline Rgb mix(Rgb a, Rgb b, float t)
{
    return a + (b - a) * t;
}
inline float luminance(Rgb c)
{
    return 0.2126f * c.r + 0.7152f * c.g + 0.0722f * c.b;
}

/// 0 below `low`, 1 above `high`, smooth between.
inline float smooth(float low, float high, float x)
{
    const float t = clamp01((x - low) / (high - low));
    return t * t * (3 - 2 * t);
}

/// A colour written as 0xRRGGBB in sRGB, in linear light.
Rgb hex(std::uint32_t rgb);

/// The colour through evenly spaced stops.
Rgb ramp(const std::vector<Rgb>& stops, float t);

/// Of one component, both in [0, 1].
float srgb_to_linear(float);
float linear_to_srgb(float);

} // namespace lacuna::scenes
