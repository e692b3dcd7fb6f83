// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/painting.h"

#include <array>

#include "engine/scenes/scene_noise.h"

namespace lacuna::scenes {

namespace {

/// sRGB of linear light in [0, 1] from a table; the root makes its steps even for the eye.
float encoded(float linear)
{
    constexpr int kSteps = 2048;
    static const std::array<float, kSteps + 1> table = [] {
        std::array<float, kSteps + 1> values{};
        for (int i = 0; i <= kSteps; ++i) {
            const float root = float(i) / kSteps;
            values[std::size_t(i)] = linear_to_srgb(root * root);
        }
        return values;
    }();
    return table[std::size_t(std::sqrt(clamp01(linear)) * kSteps + 0.5f)];
}

} // namespace

Painting::Painting(int size, int scale)
    : size_(size),
      scale_(scale),
      side_(size * scale_),
      fine_(1.0f / float(side_)),
      pixels_(std::size_t(side_) * side_)
{
}

Picture Painting::develop(float grain, std::uint32_t seed) const
{
    return make_picture(size_, size_, 3, 8, [&](std::uint8_t* bytes) {
        const float share = 1.0f / float(scale_ * scale_);
        for (int y = 0; y < size_; ++y)
            for (int x = 0; x < size_; ++x) {
                Rgb sum{};
                for (int v = 0; v < scale_; ++v)
                    for (int u = 0; u < scale_; ++u)
                        sum = sum + pixels_[std::size_t(y * scale_ + v) * side_ + x * scale_ + u];
                const std::uint32_t bits = hash(x, y, seed);
                const float noise =
                    grain * 1.7f * (unit(bits) + unit(hash(bits)) - 1.0f) + 0.5f / 255; // rounds to nearest
                for (const float v : {sum.r, sum.g, sum.b})
                    *bytes++ = std::uint8_t(255 * std::clamp(encoded(v * share) + noise, 0.0f, 1.0f));
            }
    });
}

} // namespace lacuna::scenes
