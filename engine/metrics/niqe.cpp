// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/niqe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr int features_per_scale = 18;

/// Row `y` of a plane, the first or last where there is none.
const double* row_at(const Tensor& plane, std::int64_t y)
{
    return plane.data_ptr<double>() + std::clamp<std::int64_t>(y, 0, plane.size(0) - 1) * plane.size(1);
}

/// Every sum runs through the window in one order: in areas without variation the sign of the rounding error decides
/// between left and right.
Tensor smoothed(const Tensor& plane, const Tensor& window)
{
    const std::int64_t height = plane.size(0), width = plane.size(1), side = window.size(0), reach = side / 2;
    const Tensor sums = at::zeros_like(plane);
    std::vector<double> padded(static_cast<std::size_t>(width + 2 * reach));
    for (std::int64_t y = 0; y < height; ++y) {
        double* sum = sums.data_ptr<double>() + y * width;
        for (std::int64_t dy = 0; dy < side; ++dy) {
            const double* row = row_at(plane, y + dy - reach);
            std::fill_n(padded.begin(), reach, row[0]);
            std::copy_n(row, width, padded.begin() + reach);
            std::fill_n(padded.end() - reach, reach, row[width - 1]);
            for (std::int64_t dx = 0; dx < side; ++dx) {
                const double weight = window.data_ptr<double>()[dy * side + dx];
                const double* value = padded.data() + dx;
                for (std::int64_t x = 0; x < width; ++x)
                    sum[x] += weight * value[x];
            }
        }
    }
    return sums;
}

Tensor deviation_around(const Tensor& mu, const Tensor& plane, const Tensor& window)
{
    return (smoothed(plane.square(), window) - mu.square()).abs().sqrt();
}

/// Keys' cubic (a = -0.5) stretched to the new distance of pixels: the same eight taps everywhere, in 1/256.
Tensor halved_rows(const Tensor& plane)
{
    constexpr std::array<int, 8> taps{-3, -9, 29, 111, 111, 29, -9, -3};
    const std::int64_t height = plane.size(0), width = plane.size(1);
    const Tensor half = at::zeros({height / 2, width}, at::kDouble);
    for (std::int64_t y = 0; y < height / 2; ++y) {
        double* sum = half.data_ptr<double>() + y * width;
        for (int k = 0; k < 8; ++k) {
            const std::int64_t from = 2 * y - 3 + k;
            const double* row = row_at(plane, from < 0         ? -from - 1
                                              : from >= height ? 2 * height - 1 - from
                                                               : from);
            for (std::int64_t x = 0; x < width; ++x)
                sum[x] += taps[static_cast<std::size_t>(k)] / 256.0 * row[x];
        }
    }
    return half;
}

/// Asymmetric generalised Gaussian: shape and the scales of its two sides.
struct Aggd {
    double alpha = 0, left = 0, right = 0;
};

/// The shapes 0.2, 0.201, .. 10 and the ratio (E|x|)^2 / E[x^2] that each would have if it were symmetric.
struct Shapes {
    std::vector<double> alpha{}, ratio{};
    Shapes()
    {
        for (int i = 0; i <= 9800; ++i) {
            const double a = 0.2 + i * 0.001;
            alpha.push_back(a);
            ratio.push_back(std::pow(std::tgamma(2 / a), 2) / (std::tgamma(1 / a) * std::tgamma(3 / a)));
        }
    }
};

Aggd fit(const std::vector<double>& values)
{
    static const Shapes shapes;
    double left = 0, right = 0, absolute = 0, lefts = 0, rights = 0;
    for (const double x : values) {
        absolute += std::abs(x);
        (x < 0 ? left : right) += x * x;
        lefts += x < 0;
        rights += x > 0;
    }
    const double n = static_cast<double>(values.size());
    const double squares = (left + right) / n, left_std = std::sqrt(left / lefts),
                 right_std = std::sqrt(right / rights);

    // The ratio of the sample, made symmetric, and the shape that comes nearest to it.
    const double g = left_std / right_std;
    const double sample =
        std::pow(absolute / n, 2) / squares * (g * g * g + 1) * (g + 1) / std::pow(g * g + 1, 2);
    std::size_t best = 0;
    for (std::size_t i = 1; i < shapes.ratio.size(); ++i)
        if (std::abs(shapes.ratio[i] - sample) < std::abs(shapes.ratio[best] - sample))
            best = i;
    const double alpha = shapes.alpha[best];
    const double scale = std::sqrt(std::tgamma(1 / alpha) / std::tgamma(3 / alpha));
    return {alpha, left_std * scale, right_std * scale};
}

/// The 18 features of one block [side,side] of normalised values.
void describe(const Tensor& block, double* features)
{
    const std::int64_t side = block.size(0);
    const double* value = block.data_ptr<double>();
    std::vector<double> values(value, value + block.numel());
    const Aggd own = fit(values);
    *features++ = own.alpha;
    *features++ = (own.left + own.right) / 2;

    // Products of neighbours; the block is closed to a torus.
    constexpr std::array<std::array<int, 2>, 4> shifts{{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};
    for (const auto& [down, across] : shifts) {
        auto product = values.begin();
        for (std::int64_t y = 0; y < side; ++y)
            for (std::int64_t x = 0; x < side; ++x)
                *product++ =
                    value[y * side + x] * value[(y - down + side) % side * side + (x - across + side) % side];
        const Aggd pair = fit(values);
        const double mean =
            (pair.right - pair.left) * std::tgamma(2 / pair.alpha) / std::tgamma(1 / pair.alpha);
        for (const double feature : {pair.alpha, mean, pair.left, pair.right})
            *features++ = feature;
    }
}

} // namespace

Tensor niqe_luma(const Picture& picture, Luma luma)
{
    const Picture rgb = to_rgb8(picture);
    const Tensor plane = at::empty({rgb.height, rgb.width}, at::kDouble);
    double* value = plane.data_ptr<double>();
    for (int y = 0; y < rgb.height; ++y)
        // In single precision where the published code has it, which decides between two whole numbers.
        for (const std::uint8_t *p = rgb.row(y), *end = p + rgb.row_bytes(); p != end; p += 3) {
            const float r = p[0] / 255.f, g = p[1] / 255.f, b = p[2] / 255.f;
            const float exact =
                luma == Luma::Yiq
                    ? 255 * (0.299f * r + 0.587f * g + 0.114f * b)
                    : 255 * static_cast<float>((24.966 * b + 128.553 * g + 65.481 * r + 16) / 255);
            *value++ = std::nearbyint(exact); // half to even
        }
    return plane;
}

Tensor niqe_deviation(const Tensor& plane, const Tensor& window)
{
    return deviation_around(smoothed(plane, window), plane, window);
}

Tensor niqe_normalised(const Tensor& plane, const Tensor& window)
{
    const Tensor mu = smoothed(plane, window);
    return (plane - mu) / (deviation_around(mu, plane, window) + 1);
}

Tensor niqe_halved(const Tensor& plane)
{
    check(plane.size(0) % 2 == 0 && plane.size(1) % 2 == 0, "a plane with even sides is halved");
    // First down the columns, then across; in units of 1 as published.
    const Tensor down = halved_rows(plane / 255).t().contiguous();
    return (halved_rows(down).t() * 255).contiguous();
}

Tensor niqe_features(const Tensor& luma, const Tensor& window)
{
    check(luma.dim() == 2, "the brightness is a plane");
    const std::int64_t down = luma.size(0) / niqe_block, across = luma.size(1) / niqe_block;
    if (down * across < 2)
        throw Error(ErrorKind::Input, "NIQE",
                    "the picture of " + std::to_string(luma.size(1)) + " x " + std::to_string(luma.size(0))
                        + " pixels is too small to be judged",
                    "Use pictures of at least 192 x 96 or 96 x 192 pixels.");
    Tensor plane =
        luma.to(at::kDouble).slice(0, 0, down * niqe_block).slice(1, 0, across * niqe_block).contiguous();
    const Tensor kernel = window.to(at::kDouble).contiguous();
    Tensor features = at::empty({down * across, 2 * features_per_scale}, at::kDouble);
    for (const int scale : {1, 2}) {
        const Tensor normalised = niqe_normalised(plane, kernel);
        const std::int64_t side = niqe_block / scale;
        double* row = features.data_ptr<double>() + (scale - 1) * features_per_scale;
        for (std::int64_t x = 0; x < normalised.size(1); x += side)
            for (std::int64_t y = 0; y < normalised.size(0); y += side, row += 2 * features_per_scale)
                describe(normalised.slice(0, y, y + side).slice(1, x, x + side).contiguous(), row);
        if (scale == 1)
            plane = niqe_halved(plane);
    }
    return features;
}

double niqe(const Tensor& luma, const NiqeModel& model)
{
    check(model.mu.numel() == 2 * features_per_scale
              && model.covariance.sizes()
                     == at::IntArrayRef({2 * features_per_scale, 2 * features_per_scale}),
          "the NIQE model has 36 features");
    const Tensor features = niqe_features(luma, model.window);
    const Tensor whole = features.index({at::isfinite(features).all(1)});
    if (whole.size(0) < 2)
        throw Error(ErrorKind::Input, "NIQE", "the picture has almost no variation to judge",
                    "Use pictures with some texture.");

    // Blocks that are not numbers everywhere still count in the means of their other features.
    const Tensor centred = whole - whole.mean(0, /*keepdim=*/true);
    const Tensor covariance = at::matmul(centred.t(), centred) / (whole.size(0) - 1);
    const Tensor difference = model.mu.to(at::kDouble).reshape({-1}) - at::nanmean(features, 0);
    const Tensor inverse = at::linalg_pinv((model.covariance.to(at::kDouble) + covariance) / 2, 1e-15);
    return std::sqrt(at::dot(difference, at::mv(inverse, difference)).item<double>());
}

double niqe(const Picture& picture, const NiqeModel& model, Luma luma)
{
    return niqe(niqe_luma(picture, luma), model);
}

} // namespace lacuna
