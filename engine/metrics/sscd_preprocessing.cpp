// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/sscd_preprocessing.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/error.h"

namespace lacuna::metrics {

namespace {

constexpr int fraction_bits = 22;

/// Which samples make one output sample, and with what fixed-point weights.
struct Taps {
    std::int64_t first = 0;
    std::vector<std::int64_t> weights{};
};

std::vector<Taps> triangle_taps(std::int64_t in, std::int64_t out)
{
    const double scale = static_cast<double>(in) / static_cast<double>(out);
    const double support = std::max(scale, 1.0);
    std::vector<Taps> all;
    for (std::int64_t i = 0; i < out; ++i) {
        const double centre = (static_cast<double>(i) + 0.5) * scale;
        Taps taps;
        taps.first = std::max<std::int64_t>(0, static_cast<std::int64_t>(centre - support + 0.5));
        const auto last = std::min(in, static_cast<std::int64_t>(centre + support + 0.5));
        std::vector<double> triangle;
        double sum = 0;
        for (std::int64_t k = taps.first; k < last; ++k) {
            triangle.push_back(
                std::max(0.0, 1 - std::abs((static_cast<double>(k) - centre + 0.5) / support)));
            sum += triangle.back();
        }
        for (const double weight : triangle)
            taps.weights.push_back(std::llround(weight / sum * (std::int64_t(1) << fraction_bits)));
        all.push_back(std::move(taps));
    }
    return all;
}

/// Resizes the last dimension of bytes [R,in] to [R,out].
Tensor resize_rows(const Tensor& rows, std::int64_t out)
{
    const std::int64_t in = rows.size(1);
    const std::vector<Taps> all = triangle_taps(in, out);
    const Tensor source = rows.contiguous();
    Tensor result = at::empty({rows.size(0), out}, at::kByte);
    for (std::int64_t row = 0; row < rows.size(0); ++row) {
        const std::uint8_t* const from = source.data_ptr<std::uint8_t>() + row * in;
        std::uint8_t* const to = result.data_ptr<std::uint8_t>() + row * out;
        for (std::int64_t i = 0; i < out; ++i) {
            const Taps& taps = all[static_cast<std::size_t>(i)];
            std::int64_t sum = std::int64_t(1) << (fraction_bits - 1);
            for (std::size_t k = 0; k < taps.weights.size(); ++k)
                sum += taps.weights[k] * from[taps.first + static_cast<std::int64_t>(k)];
            to[i] = static_cast<std::uint8_t>(std::clamp<std::int64_t>(sum >> fraction_bits, 0, 255));
        }
    }
    return result;
}

/// Resizes the last dimension of [C,H,W].
Tensor resize_last(const Tensor& picture, std::int64_t width)
{
    if (picture.size(2) == width)
        return picture;
    return resize_rows(picture.reshape({-1, picture.size(2)}), width)
        .reshape({picture.size(0), picture.size(1), width});
}

} // namespace

Tensor resize_bytes(const Tensor& picture, std::int64_t height, std::int64_t width)
{
    check(picture.dim() == 3 && picture.scalar_type() == at::kByte && picture.numel() > 0,
          "a picture of bytes [C,H,W] is resized");
    check(height > 0 && width > 0, "a size is positive");
    const Tensor wide = resize_last(picture.cpu(), width);
    return resize_last(wide.transpose(1, 2), height).transpose(1, 2).contiguous();
}

Tensor sscd_input(const Tensor& picture, SscdResize resize)
{
    check(picture.dim() == 3 && picture.size(0) == 3, "SSCD looks at colour pictures");
    std::int64_t height = 320, width = 320;
    if (resize == SscdResize::ShortSide288) {
        const std::int64_t h = picture.size(1), w = picture.size(2), shorter = std::min(h, w);
        check(shorter > 0, "a picture is not empty");
        height = 288 * h / shorter;
        width = 288 * w / shorter;
    }
    const Tensor resized = resize_bytes(picture, height, width).to(at::kFloat) / 255;
    const Tensor mean = at::tensor({0.485, 0.456, 0.406}).reshape({3, 1, 1}).to(at::kFloat);
    const Tensor spread = at::tensor({0.229, 0.224, 0.225}).reshape({3, 1, 1}).to(at::kFloat);
    return (resized - mean) / spread;
}

Tensor gem_pool(const Tensor& activations, double p, double floor)
{
    check(activations.dim() == 4 && p > 0, "activations are [N,C,H,W]");
    return activations.clamp_min(floor).pow(p).mean({2, 3}).pow(1 / p);
}

Tensor unit_length(const Tensor& rows)
{
    return rows / rows.norm(2, {-1}, true).clamp_min(1e-12);
}

} // namespace lacuna::metrics
