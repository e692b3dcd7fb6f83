// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/figures/drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

#include "engine/core/picture_file.h"

namespace lacuna {

namespace {

std::string base64(const std::vector<std::uint8_t>& bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8 | (i + k < bytes.size() ? bytes[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[three >> (18 - 6 * k) & 63U];
    }
    return text;
}

std::string escaped(const std::string& words)
{
    std::string text;
    for (const char c : words)
        text += c == '&'   ? "&amp;"
                : c == '<' ? "&lt;"
                : c == '>' ? "&gt;"
                : c == '"' ? "&quot;"
                           : std::string(1, c);
    return text;
}

std::string hex(Drawing::Colour colour)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << '#' << std::hex << std::setw(6) << std::setfill('0') << colour;
    return text.str();
}

} // namespace

struct Drawing::Svg {
    std::ostringstream& out;

    void operator()(const Box& s) const
    {
        out << "<rect x='" << s.x << "' y='" << s.y << "' width='" << s.width << "' height='" << s.height
            << "' fill='" << hex(s.fill) << "'/>\n";
    }
    void operator()(const Line& s) const
    {
        out << "<line x1='" << s.x0 << "' y1='" << s.y0 << "' x2='" << s.x1 << "' y2='" << s.y1
            << "' stroke='" << hex(s.colour) << "' stroke-width='" << s.thickness
            << "' stroke-linecap='round'/>\n";
    }
    void operator()(const Dot& s) const
    {
        out << "<circle cx='" << s.x << "' cy='" << s.y << "' r='" << s.radius << "' fill='" << hex(s.colour)
            << "'/>\n";
    }
    void operator()(const Text& s) const
    {
        static const std::array<const char*, 3> anchors{"start", "middle", "end"};
        out << "<text x='" << s.x << "' y='" << s.y << "' font-size='" << s.size << "' text-anchor='"
            << anchors[static_cast<std::size_t>(s.anchor)] << "' fill='" << hex(s.colour) << "'>"
            << escaped(s.words) << "</text>\n";
    }
    void operator()(const Image& s) const
    {
        out << "<image x='" << s.x << "' y='" << s.y << "' width='" << s.rgb8.width << "' height='"
            << s.rgb8.height << "' href='data:image/png;base64," << base64(encode_png(s.rgb8)) << "'/>\n";
    }
};

void Drawing::box(double x, double y, double width, double height, Colour fill)
{
    shapes_.push_back(Box{x, y, width, height, fill});
}

void Drawing::line(double x0, double y0, double x1, double y1, Colour colour, double thickness)
{
    shapes_.push_back(Line{x0, y0, x1, y1, thickness, colour});
}

void Drawing::dot(double x, double y, double radius, Colour colour)
{
    shapes_.push_back(Dot{x, y, radius, colour});
}

void Drawing::text(double x, double y, const std::string& words, double size, Anchor anchor, Colour colour)
{
    shapes_.push_back(Text{x, y, size, words, anchor, colour});
}

void Drawing::picture(double x, double y, const Picture& rgb8)
{
    shapes_.push_back(Image{x, y, rgb8});
}

std::string Drawing::svg() const
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << "<svg xmlns='http://www.w3.org/2000/svg' width='" << width_ << "' height='" << height_
        << "' viewBox='0 0 " << width_ << " " << height_
        << "' font-family='Noto Sans, DejaVu Sans, sans-serif'>\n";
    const Svg svg{out};
    svg(Box{0, 0, double(width_), double(height_), paper});
    for (const Shape& shape : shapes_)
        std::visit(svg, shape);
    out << "</svg>\n";
    return out.str();
}

std::string figure_number(double value)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    if (std::abs(value) >= 1000 && std::abs(value) < 1e6)
        text << std::fixed << std::setprecision(0);
    else
        text << std::setprecision(3);
    text << value;
    return text.str();
}

Drawing::Colour heat_colour(double t)
{
    constexpr std::array<std::array<double, 3>, 5> stops{
        {{255, 250, 205}, {170, 220, 160}, {70, 175, 170}, {45, 100, 160}, {35, 35, 95}}};
    const double place = std::clamp(std::isfinite(t) ? t : 0.0, 0.0, 1.0) * (stops.size() - 1);
    const std::size_t i = std::min(std::size_t(place), stops.size() - 2);
    Drawing::Colour colour = 0;
    for (std::size_t c = 0; c < 3; ++c)
        colour = colour << 8
                 | Drawing::Colour(
                     std::lround(stops[i][c] + (stops[i + 1][c] - stops[i][c]) * (place - double(i))));
    return colour;
}

} // namespace lacuna
