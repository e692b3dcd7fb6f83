// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/core/picture.h"
#include "engine/scenes/colour.h"

namespace lacuna::scenes {

/// A colour in linear light and how much of what lies below it hides.
struct Paint {
    Rgb colour{};
    float alpha = 1;
};

/// A part of the picture in unit coordinates.
struct Box {
    float left = 0, top = 0, right = 1, bottom = 1;
};

inline Box around(Point centre, float half_width, float half_height)
{
    return {centre.x - half_width, centre.y - half_height, centre.x + half_width, centre.y + half_height};
}

/// A square picture while it is painted. Coordinates are unit coordinates: x and y from 0 to 1, y downwards, whatever
/// the size; every pixel consists of some sub-pixels. Layers go over one another with `over`; nothing reaches beyond
/// its box.
class Painting {
public:
    explicit Painting(int size) : Painting(size, size <= 64 ? 3 : 2) {}
    Painting(int size, int scale); ///< scale x scale sub-pixels a pixel

    /// Side of a sub-pixel in unit coordinates: the width of sharp edges.
    float fine() const { return fine_; }
    /// 1 inside a shape at signed distance d, 0 outside; the edge is one sub-pixel wide, or `soft` units.
    float edge(float d) const { return clamp01(0.5f - d / fine_); }
    float edge(float d, float soft) const { return clamp01(0.5f - d / std::max(soft, fine_)); }

    /// Puts `shader(Point) -> Paint` over every sub-pixel of the box.
    template <typename Shader> void over(const Box& box, Shader&& shader)
    {
        const int x0 = first(box.left), x1 = last(box.right), y1 = last(box.bottom);
        for (int y = first(box.top); y < y1; ++y) {
            Rgb* row = pixels_.data() + std::size_t(y) * side_;
            for (int x = x0; x < x1; ++x) {
                const Paint paint = shader(Point{(float(x) + 0.5f) * fine_, (float(y) + 0.5f) * fine_});
                if (paint.alpha > 0)
                    row[x] = row[x] + (paint.colour - row[x]) * paint.alpha;
            }
        }
    }
    /// Covers everything with `shader(Point) -> Rgb`, once a pixel: for what changes little from pixel to pixel.
    template <typename Shader> void cover(Shader&& shader)
    {
        const float pixel = fine_ * float(scale_);
        for (int y = 0; y < size_; ++y)
            for (int x = 0; x < size_; ++x) {
                const Rgb colour = shader(Point{(float(x) + 0.5f) * pixel, (float(y) + 0.5f) * pixel});
                for (int v = 0; v < scale_; ++v)
                    std::fill_n(pixels_.begin() + std::ptrdiff_t(y * scale_ + v) * side_ + x * scale_, scale_,
                                colour);
            }
    }
    /// Multiplies what is there by `shader(Point) -> Rgb`: shadows and coloured light.
    template <typename Shader> void tint(const Box& box, Shader&& shader)
    {
        const int x0 = first(box.left), x1 = last(box.right), y1 = last(box.bottom);
        for (int y = first(box.top); y < y1; ++y) {
            Rgb* row = pixels_.data() + std::size_t(y) * side_;
            for (int x = x0; x < x1; ++x)
                row[x] = row[x] * shader(Point{(float(x) + 0.5f) * fine_, (float(y) + 0.5f) * fine_});
        }
    }

    /// Averages the sub-pixels, adds grain of this strength (about the deviation in sRGB) and rounds to 8-bit sRGB.
    Picture develop(float grain, std::uint32_t seed) const;

private:
    int first(float v) const { return std::clamp(int(std::floor(v / fine_)), 0, side_); }
    int last(float v) const { return std::clamp(int(std::ceil(v / fine_)), 0, side_); }

    int size_, scale_, side_;
    float fine_;
    std::vector<Rgb> pixels_;
};

/// A mask of `size` pixels a side: hole where the signed distance is at most 0 at the pixel's middle.
template <typename Distance> Mask mask_of(int size, Distance&& distance)
{
    Mask mask(size, size);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            if (distance(Point{(float(x) + 0.5f) / float(size), (float(y) + 0.5f) / float(size)}) <= 0)
                mask.values[std::size_t(y) * size + x] = 255;
    return mask;
}

} // namespace lacuna::scenes
