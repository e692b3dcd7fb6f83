// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// A figure as a list of shapes in pixels, y downwards; later ones lie over earlier ones. It becomes an SVG with text
/// as text, or pixels.
class Drawing {
public:
    using Colour = std::uint32_t; ///< 0xRRGGBB
    enum class Anchor { Start, Middle, End };

    static constexpr Colour paper = 0xf6f5f2, ink = 0x2b2a28, faint = 0x8c8880, accent = 0x5b3fd6;

    struct Box {
        double x, y, width, height;
        Colour fill;
    };
    struct Line {
        double x0, y0, x1, y1, thickness;
        Colour colour;
    };
    struct Dot {
        double x, y, radius;
        Colour colour;
    };
    struct Text {
        double x, y, size;
        std::string words;
        Anchor anchor;
        Colour colour;
    };
    struct Image {
        double x, y;
        Picture rgb8;
    };
    using Shape = std::variant<Box, Line, Dot, Text, Image>;

    Drawing(int width, int height) : width_(width), height_(height) {}

    int width() const { return width_; }
    int height() const { return height_; }

    void box(double x, double y, double width, double height, Colour fill);
    void line(double x0, double y0, double x1, double y1, Colour colour, double thickness = 1);
    void dot(double x, double y, double radius, Colour colour);
    /// `y` is the base line, `size` the height of a line in pixels. Pixels show ASCII only.
    void text(double x, double y, const std::string& words, double size = 12, Anchor anchor = Anchor::Start,
              Colour colour = ink);
    void picture(double x, double y, const Picture& rgb8);

    /// In the order in which they are drawn, on paper.
    const std::vector<Shape>& shapes() const { return shapes_; }

    /// Of a text in pixels; about as wide in the SVG, and not wider.
    static double text_width(const std::string& words, double size = 12);

    /// Pictures are embedded as PNG.
    std::string svg() const;
    /// 8-bit RGB.
    Picture pixels() const;

private:
    struct Svg;
    struct Pixels;

    int width_, height_;
    std::vector<Shape> shapes_{};
};

/// A number with three digits, or more where it has more before the point; below a million without a power of ten.
std::string figure_number(double value);

/// From pale yellow over green to dark blue for t in [0,1]; readable in grey and to colour-blind eyes.
Drawing::Colour heat_colour(double t);

} // namespace lacuna
