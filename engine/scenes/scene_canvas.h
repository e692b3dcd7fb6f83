// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"
#include "engine/scenes/colour.h"

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace lacuna::scenes {

inline constexpr int kWidth = 768;
inline constexpr int kHeight = 512;
/// Every drawn pixel becomes a block of this many by this many while painting, averaged at the end.
inline constexpr int kScale = 2;

/// One number a sub-pixel.
struct Plane {
    int width, height;
    std::vector<float> values;
    Plane(int columns, int rows, float value = 0)
        : width(columns),
          height(rows),
          values(std::size_t(columns) * rows, value)
    {
    }
    float& at(int x, int y) { return values[std::size_t(y) * width + x]; }
    float at(int x, int y) const { return values[std::size_t(y) * width + x]; }
};

/// Bilinear look-up at plane coordinates; the border goes on outside.
float sample(const Plane& plane, float x, float y);

/// Blurs in place with a Gaussian of `sigma` picture pixels.
void blur(Plane& plane, float sigma);

/// A layer of colours premultiplied by their coverage. All coordinates are picture pixels; the layer may
/// cover a part of the picture that starts at (left, top).
class Canvas {
public:
    struct Pixel {
        Rgb colour{};
        float alpha = 0;
    };

    Canvas(int from_x, int from_y, int width, int height)
        : left(from_x),
          top(from_y),
          columns(width * kScale),
          rows(height * kScale),
          pixels(std::size_t(columns) * rows)
    {
    }
    Pixel& at(int column, int row) { return pixels[std::size_t(row) * columns + column]; }
    const Pixel& at(int column, int row) const { return pixels[std::size_t(row) * columns + column]; }

    /// Puts a colour over what is there.
    void over(int column, int row, Rgb colour, float alpha)
    {
        Pixel& under = at(column, row);
        under.colour = colour * alpha + under.colour * (1 - alpha);
        under.alpha = alpha + under.alpha * (1 - alpha);
    }
    /// Bilinear look-up at picture coordinates; nothing outside.
    Pixel sample(float x, float y) const;

    int left, top, columns, rows;
    std::vector<Pixel> pixels;
};

/// Calls `row(i)` for every i below `rows`, several at a time; rows must not touch each other.
void for_each_row(int rows, const std::function<void(int)>& row);

/// Replaces every pixel by `shader(x, y)` at the pixel's picture coordinates.
template <typename Shader> void shade(Canvas& canvas, Shader&& shader)
{
    for_each_row(canvas.rows, [&](int row) {
        const float y = float(canvas.top) + (float(row) + 0.5f) / kScale;
        for (int column = 0; column < canvas.columns; ++column) {
            const float x = float(canvas.left) + (float(column) + 0.5f) / kScale;
            canvas.at(column, row) = {shader(x, y), 1.0f};
        }
    });
}

/// Puts one layer over another.
void compose(Canvas& canvas, const Canvas& layer);

/// Adds a veil of light: bright parts spread by `sigma` pixels, times `strength`.
void bloom(Canvas& canvas, float threshold, float sigma, float strength);

/// How the finished canvas is printed.
struct Finish {
    float exposure = 1.0f;
    float vignette = 0.15f;
    float grain = 0.012f;
    float saturation = 1.0f;
    std::uint32_t seed = 1;
};

/// Averages the sub-pixels, applies the finish and rounds to 8-bit sRGB.
Picture develop(const Canvas& canvas, const Finish& finish);

} // namespace lacuna::scenes
