// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lacuna::scenes {

float srgb_to_linear(float s)
{
    return s <= 0.04045f ? s / 12.92f : std::pow((s + 0.055f) / 1.055f, 2.4f);
}

float linear_to_srgb(float v)
{
    return v <= 0.0031308f ? v * 12.92f : 1.055f * std::pow(v, 1 / 2.4f) - 0.055f;
}

Rgb hex(std::uint32_t rgb)
{
    static const std::array<float, 256> linear = [] {
        std::array<float, 256> table{};
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = srgb_to_linear(float(i) / 255);
        return table;
    }();
    return {linear[rgb >> 16 & 255U], linear[rgb >> 8 & 255U], linear[rgb & 255U]};
}

Rgb ramp(const std::vector<Rgb>& stops, float t)
{
    const float place = clamp01(t) * float(stops.size() - 1);
    const auto i = std::min(std::size_t(place), stops.size() - 2);
    return mix(stops[i], stops[i + 1], place - float(i));
}

} // namespace lacuna::scenes
