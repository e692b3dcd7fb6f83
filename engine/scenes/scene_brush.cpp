// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_brush.h"

#include "engine/scenes/scene_noise.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace lacuna::scenes {

namespace {

/// A range of sub-pixels of a canvas around a box in picture pixels.
struct Box {
    int left, top, right, bottom;
};

Box sub_pixels(const Canvas& canvas, float x0, float y0, float x1, float y1)
{
    const auto column = [&](float x) { return int(std::floor((x - float(canvas.left)) * kScale)); };
    const auto row = [&](float y) { return int(std::floor((y - float(canvas.top)) * kScale)); };
    return {std::max(0, column(x0) - 1), std::max(0, row(y0) - 1), std::min(canvas.columns, column(x1) + 2),
            std::min(canvas.rows, row(y1) + 2)};
}

float picture_x(const Canvas& canvas, int column)
{
    return float(canvas.left) + (float(column) + 0.5f) / kScale;
}
float picture_y(const Canvas& canvas, int row)
{
    return float(canvas.top) + (float(row) + 0.5f) / kScale;
}

/// Anti-aliased coverage of an outline inside a box of sub-pixels, 0 to 255.
cv::Mat1b coverage(const std::vector<Point>& outline, const Box& box, float left, float top)
{
    constexpr int shift = 6;
    cv::Mat1b cover(box.bottom - box.top, box.right - box.left, std::uint8_t(0));
    std::vector<cv::Point> corners;
    for (const Point& p : outline)
        corners.emplace_back(
            int(std::lround(((p.x - left) * kScale - 0.5f - float(box.left)) * (1 << shift))),
            int(std::lround(((p.y - top) * kScale - 0.5f - float(box.top)) * (1 << shift))));
    cv::fillPoly(cover, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255), cv::LINE_AA, shift);
    return cover;
}

} // namespace

void draw(Canvas& canvas, const Stroke& s)
{
    const float reach = std::max(s.from_radius, s.to_radius) + 0.5f;
    const Box box = sub_pixels(canvas, std::min(s.from.x, s.to.x) - reach, std::min(s.from.y, s.to.y) - reach,
                               std::max(s.from.x, s.to.x) + reach, std::max(s.from.y, s.to.y) + reach);
    const float vx = s.to.x - s.from.x, vy = s.to.y - s.from.y;
    const float square = std::max(1e-6f, vx * vx + vy * vy);
    for (int row = box.top; row < box.bottom; ++row)
        for (int column = box.left; column < box.right; ++column) {
            const float px = picture_x(canvas, column) - s.from.x, py = picture_y(canvas, row) - s.from.y;
            const float t = clamp01((px * vx + py * vy) / square);
            const float dx = px - vx * t, dy = py - vy * t;
            const float radius = mix(s.from_radius, s.to_radius, t);
            const float cover =
                clamp01((radius - std::sqrt(dx * dx + dy * dy)) * kScale + 0.5f) * std::min(1.0f, 4 * radius);
            if (cover > 0)
                canvas.over(column, row, mix(s.from_colour, s.to_colour, t), cover * s.alpha);
        }
}

void draw(Canvas& canvas, const Blade& b)
{
    const float length = std::hypot(b.tip.x - b.root.x, b.tip.y - b.root.y);
    const int pieces = std::clamp(int(length / 5), 2, 6);
    Point last = b.root;
    for (int i = 1; i <= pieces; ++i) {
        const float t = float(i) / float(pieces), before = float(i - 1) / float(pieces), u = 1 - t;
        const Point here{u * u * b.root.x + 2 * u * t * b.bend.x + t * t * b.tip.x,
                         u * u * b.root.y + 2 * u * t * b.bend.y + t * t * b.tip.y};
        draw(canvas,
             Stroke{last, here, b.radius * (1 - 0.85f * before), b.radius * (1 - 0.85f * t),
                    mix(b.root_colour, b.tip_colour, before), mix(b.root_colour, b.tip_colour, t), b.alpha});
        last = here;
    }
}

void draw(Canvas& canvas, const Dab& d)
{
    const float reach = std::max(d.radius_x, d.radius_y);
    const Box box =
        sub_pixels(canvas, d.centre.x - reach, d.centre.y - reach, d.centre.x + reach, d.centre.y + reach);
    const float c = std::cos(d.angle), s = std::sin(d.angle);
    const float edge = std::max(d.soft, 0.7f / (kScale * std::min(d.radius_x, d.radius_y)));
    for (int row = box.top; row < box.bottom; ++row)
        for (int column = box.left; column < box.right; ++column) {
            const float dx = picture_x(canvas, column) - d.centre.x, dy = picture_y(canvas, row) - d.centre.y;
            const float u = (c * dx + s * dy) / d.radius_x, v = (c * dy - s * dx) / d.radius_y;
            const float cover = clamp01((1 - std::sqrt(u * u + v * v)) / edge);
            if (cover > 0)
                canvas.over(column, row, d.colour, cover * d.alpha);
        }
}

void fill_polygon(Canvas& canvas, const std::vector<Point>& outline,
                  const std::function<Rgb(float, float)>& colour, float alpha)
{
    float x0 = 1e9f, y0 = 1e9f, x1 = -1e9f, y1 = -1e9f;
    for (const Point& p : outline) {
        x0 = std::min(x0, p.x), x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    }
    const Box box = sub_pixels(canvas, x0 - 1, y0 - 1, x1 + 1, y1 + 1);
    if (box.right <= box.left || box.bottom <= box.top)
        return;
    const cv::Mat1b cover = coverage(outline, box, float(canvas.left), float(canvas.top));
    for (int row = box.top; row < box.bottom; ++row)
        for (int column = box.left; column < box.right; ++column)
            if (const int part = cover(row - box.top, column - box.left))
                canvas.over(column, row, colour(picture_x(canvas, column), picture_y(canvas, row)),
                            alpha * float(part) / 255);
}

Mask blob_mask(Point centre, float radius_x, float radius_y, std::uint32_t seed)
{
    Mask mask(kWidth, kHeight);
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
            const float u = (float(x) + 0.5f - centre.x) / radius_x,
                        v = (float(y) + 0.5f - centre.y) / radius_y;
            // A super-ellipse is between a circle and a box, as strokes of a round brush add up to.
            const float distance =
                std::pow(std::pow(std::fabs(u), 2.6f) + std::pow(std::fabs(v), 2.6f), 1 / 2.6f);
            const float wobble =
                0.10f * noise(u * 1.3f + 7, v * 1.3f + 3, seed) + 0.03f * noise(u * 4, v * 4, seed + 1);
            mask.values[std::size_t(y) * kWidth + x] = distance < 1 + wobble ? 255 : 0;
        }
    return mask;
}

} // namespace lacuna::scenes
