// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>

#include <opencv2/imgproc.hpp>

#include "engine/figures/drawing.h"

namespace lacuna {

namespace {

/// OpenCV's fixed point with 1/16 of a pixel.
constexpr int point_bits = 4;

cv::Point fine(double x, double y)
{
    return {int(std::lround(x * (1 << point_bits))), int(std::lround(y * (1 << point_bits)))};
}

cv::Scalar scalar(Drawing::Colour colour)
{
    return {double(colour >> 16 & 255U), double(colour >> 8 & 255U), double(colour & 255U)};
}

constexpr int font = cv::FONT_HERSHEY_SIMPLEX;

double font_scale(double size)
{
    return size / 30; // the font's line is about 30 pixels high
}

} // namespace

struct Drawing::Pixels {
    cv::Mat& canvas; ///< RGB

    void operator()(const Box& s) const
    {
        const cv::Point from(int(std::lround(s.x)), int(std::lround(s.y)));
        const cv::Point to(int(std::lround(s.x + s.width)) - 1, int(std::lround(s.y + s.height)) - 1);
        if (to.x >= from.x && to.y >= from.y)
            cv::rectangle(canvas, from, to, scalar(s.fill), cv::FILLED);
    }
    void operator()(const Line& s) const
    {
        cv::line(canvas, fine(s.x0, s.y0), fine(s.x1, s.y1), scalar(s.colour),
                 std::max(1, int(std::lround(s.thickness))), cv::LINE_AA, point_bits);
    }
    void operator()(const Dot& s) const
    {
        cv::circle(canvas, fine(s.x, s.y), fine(s.radius, 0).x, scalar(s.colour), cv::FILLED, cv::LINE_AA,
                   point_bits);
    }
    void operator()(const Text& s) const
    {
        const int width = int(text_width(s.words, s.size));
        const int shift = s.anchor == Anchor::Start ? 0 : s.anchor == Anchor::Middle ? width / 2 : width;
        cv::putText(canvas, s.words, {int(std::lround(s.x)) - shift, int(std::lround(s.y))}, font,
                    font_scale(s.size), scalar(s.colour), 1, cv::LINE_AA);
    }
    void operator()(const Image& s) const
    {
        const int left = int(std::lround(s.x)), top = int(std::lround(s.y));
        const int columns = std::min(s.rgb8.width, canvas.cols - left);
        for (int y = 0; y < s.rgb8.height && top + y < canvas.rows && columns > 0; ++y)
            std::memcpy(canvas.ptr(top + y) + 3 * left, s.rgb8.row(y), 3 * std::size_t(columns));
    }
};

double Drawing::text_width(const std::string& words, double size)
{
    int below = 0;
    return cv::getTextSize(words, font, font_scale(size), 1, &below).width;
}

Picture Drawing::pixels() const
{
    return make_picture(width_, height_, 3, 8, [&](std::uint8_t* bytes) {
        cv::Mat canvas(height_, width_, CV_8UC3, bytes);
        canvas.setTo(scalar(paper));
        const Pixels pixels{canvas};
        for (const Shape& shape : shapes_)
            std::visit(pixels, shape);
    });
}

} // namespace lacuna
