// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_canvas.h"

#include "engine/scenes/scene_noise.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace lacuna::scenes {

namespace {

/// Leaves most tones alone and bends the last bright quarter towards white instead of cutting it.
float shoulder(float v)
{
    constexpr float knee = 0.7f;
    return v <= knee ? v : knee + (1 - knee) * (1 - std::exp(-(v - knee) / (1 - knee)));
}

} // namespace

float sample(const Plane& plane, float x, float y)
{
    x = std::clamp(x, 0.0f, float(plane.width) - 1.01f);
    y = std::clamp(y, 0.0f, float(plane.height) - 1.01f);
    const int ix = int(x), iy = int(y);
    const float u = x - float(ix), v = y - float(iy);
    return mix(mix(plane.at(ix, iy), plane.at(ix + 1, iy), u),
               mix(plane.at(ix, iy + 1), plane.at(ix + 1, iy + 1), u), v);
}

void blur(Plane& plane, float sigma)
{
    cv::Mat view(plane.height, plane.width, CV_32F, plane.values.data());
    cv::GaussianBlur(view, view, {}, double(sigma) * kScale, 0, cv::BORDER_REPLICATE);
}

Canvas::Pixel Canvas::sample(float x, float y) const
{
    const float fx = (x - float(left)) * kScale - 0.5f, fy = (y - float(top)) * kScale - 0.5f;
    const int ix = int(std::floor(fx)), iy = int(std::floor(fy));
    if (ix < 0 || iy < 0 || ix + 1 >= columns || iy + 1 >= rows)
        return {};
    const float u = fx - float(ix), v = fy - float(iy);
    const auto &a = at(ix, iy), &b = at(ix + 1, iy), &c = at(ix, iy + 1), &d = at(ix + 1, iy + 1);
    return {mix(mix(a.colour, b.colour, u), mix(c.colour, d.colour, u), v),
            mix(mix(a.alpha, b.alpha, u), mix(c.alpha, d.alpha, u), v)};
}

void for_each_row(int rows, const std::function<void(int)>& row)
{
    cv::parallel_for_(cv::Range(0, rows), [&](const cv::Range& range) {
        for (int i = range.start; i < range.end; ++i)
            row(i);
    });
}

void compose(Canvas& canvas, const Canvas& layer)
{
    const int right = (layer.left - canvas.left) * kScale, down = (layer.top - canvas.top) * kScale;
    for (int row = std::max(0, -down); row < std::min(layer.rows, canvas.rows - down); ++row)
        for (int column = std::max(0, -right); column < std::min(layer.columns, canvas.columns - right);
             ++column) {
            const auto& upper = layer.at(column, row);
            auto& lower = canvas.at(column + right, row + down);
            lower.colour = upper.colour + lower.colour * (1 - upper.alpha);
            lower.alpha = upper.alpha + lower.alpha * (1 - upper.alpha);
        }
}

void bloom(Canvas& canvas, float threshold, float sigma, float strength)
{
    cv::Mat bright(canvas.rows, canvas.columns, CV_32FC3), light;
    for (int row = 0; row < canvas.rows; ++row)
        for (int column = 0; column < canvas.columns; ++column) {
            const Rgb c = canvas.at(column, row).colour;
            bright.at<cv::Vec3f>(row, column) = {std::max(0.0f, c.r - threshold),
                                                 std::max(0.0f, c.g - threshold),
                                                 std::max(0.0f, c.b - threshold)};
        }
    cv::resize(bright, light, {}, 0.25, 0.25, cv::INTER_AREA);
    cv::GaussianBlur(light, light, {}, double(sigma) * kScale / 4, 0, cv::BORDER_REPLICATE);
    cv::resize(light, bright, bright.size(), 0, 0, cv::INTER_LINEAR);
    for (int row = 0; row < canvas.rows; ++row)
        for (int column = 0; column < canvas.columns; ++column) {
            const cv::Vec3f v = bright.at<cv::Vec3f>(row, column);
            Rgb& c = canvas.at(column, row).colour;
            c = c + Rgb{v[0], v[1], v[2]} * strength;
        }
}

Picture develop(const Canvas& canvas, const Finish& finish)
{
    cv::Mat fine(canvas.rows, canvas.columns, CV_32FC4, const_cast<Canvas::Pixel*>(canvas.pixels.data()));
    cv::Mat coarse;
    cv::resize(fine, coarse, {kWidth, kHeight}, 0, 0, cv::INTER_AREA);
    return make_picture(kWidth, kHeight, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < kHeight; ++y)
            for (int x = 0; x < kWidth; ++x) {
                const cv::Vec4f pixel = coarse.at<cv::Vec4f>(y, x);
                const float dx = float(x) / kWidth - 0.5f, dy = float(y) / kHeight - 0.5f;
                const float gain = finish.exposure * (1 - finish.vignette * 2.4f * (dx * dx + dy * dy));
                Rgb c = Rgb{pixel[0], pixel[1], pixel[2]} * gain;
                const float grey = luminance(c);
                c = mix(Rgb{grey, grey, grey}, c, finish.saturation);
                const float speck =
                    finish.grain * (unit(hash(x, y, finish.seed)) + unit(hash(x, y, finish.seed + 7)) - 1);
                for (const float v : {c.r, c.g, c.b})
                    *out++ = std::uint8_t(
                        clamp01(linear_to_srgb(shoulder(std::max(0.0f, v))) + speck) * 255.0f + 0.5f);
            }
    });
}

} // namespace lacuna::scenes
