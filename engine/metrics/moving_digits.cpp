// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/moving_digits.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/error.h"

namespace lacuna::metrics {

namespace {

/// [N,H,W] float64.
Tensor frames(const Tensor& images)
{
    check(images.dim() == 3 || (images.dim() == 4 && images.size(1) == 1), "frames have one channel");
    return images.to(at::kCPU, at::kDouble).reshape({images.size(0), images.size(-2), images.size(-1)});
}

double rounded(double shift, ShiftRounding rounding)
{
    if (rounding == ShiftRounding::Exact)
        return shift;
    return std::floor((std::nearbyint(1024 * shift) + 16) / 32) / 32;
}

/// image [H,W] moved along `dim`: out[p] = (1 - f) in[p - whole] + f in[p - whole - 1], 0 outside.
Tensor moved(const Tensor& image, double by, std::int64_t dim)
{
    const std::int64_t size = image.size(dim);
    const auto whole = static_cast<std::int64_t>(std::floor(by));
    const double fraction = by - std::floor(by);
    const auto displaced = [&](std::int64_t pixels) {
        const Tensor out = at::zeros_like(image);
        const std::int64_t overlap = size - std::abs(pixels);
        if (overlap > 0)
            out.narrow(dim, std::max<std::int64_t>(pixels, 0), overlap)
                .copy_(image.narrow(dim, std::max<std::int64_t>(-pixels, 0), overlap));
        return out;
    };
    return (1 - fraction) * displaced(whole) + fraction * displaced(whole + 1);
}

} // namespace

Tensor centroids(const Tensor& images)
{
    const Tensor values = frames(images);
    const Tensor mass = values.sum(-1).sum(-1);
    const Tensor x = at::arange(values.size(2), at::kDouble);
    const Tensor y = at::arange(values.size(1), at::kDouble).unsqueeze(1);
    const Tensor moments = at::stack({(values * x).sum(-1).sum(-1), (values * y).sum(-1).sum(-1)}, 1);
    const Tensor divisor = at::where(mass != 0, mass, at::ones_like(mass)).unsqueeze(1);
    return at::where(mass.unsqueeze(1) != 0, moments / divisor, at::zeros_like(moments));
}

std::vector<std::int64_t> nearest_directions(const Tensor& displacements, const Tensor& directions)
{
    const Tensor v = displacements.to(at::kCPU, at::kDouble).contiguous();
    const Tensor d = directions.to(at::kCPU, at::kDouble).contiguous();
    check(v.dim() == 2 && v.size(1) == 2 && d.dim() == 2 && d.size(1) == 2 && d.size(0) > 0,
          "displacements and directions are pairs");
    const auto of = v.accessor<double, 2>(), to = d.accessor<double, 2>();
    std::vector<std::int64_t> nearest;
    for (std::int64_t i = 0; i < v.size(0); ++i) {
        // The length of the displacement does not change which cosine is largest.
        const auto cosine = [&](std::int64_t k) {
            return (of[i][0] * to[k][0] + of[i][1] * to[k][1]) / std::hypot(to[k][0], to[k][1]);
        };
        std::int64_t best = 0;
        for (std::int64_t k = 1; k < d.size(0); ++k)
            if (cosine(k) > cosine(best))
                best = k;
        nearest.push_back(best);
    }
    return nearest;
}

std::int64_t mode_count(const std::vector<std::int64_t>& labels)
{
    return static_cast<std::int64_t>(std::set<std::int64_t>(labels.begin(), labels.end()).size());
}

double label_share(const std::vector<std::int64_t>& labels, std::int64_t label)
{
    check(!labels.empty(), "a share is taken of at least one");
    return static_cast<double>(std::count(labels.begin(), labels.end(), label))
           / static_cast<double>(labels.size());
}

Tensor shifted(const Tensor& image, std::array<double, 2> by, ShiftRounding rounding)
{
    check(image.dim() == 2, "one image is shifted");
    // The warp rounds where a pixel comes from, which is against the shift.
    const Tensor across = moved(image.to(at::kCPU, at::kDouble), -rounded(-by[0], rounding), 1);
    return moved(across, -rounded(-by[1], rounding), 0);
}

std::vector<double> quality(const Tensor& generated, const Tensor& condition, ShiftRounding rounding)
{
    const Tensor images = frames(generated), conditions = frames(condition);
    check(conditions.size(0) == 1 || conditions.size(0) == images.size(0),
          "there is one condition, or one for each image");
    const Tensor v = (centroids(generated) - centroids(condition)).contiguous();
    const auto by = v.accessor<double, 2>();
    std::vector<double> scores;
    for (std::int64_t i = 0; i < images.size(0); ++i) {
        const Tensor expected =
            shifted(conditions[conditions.size(0) > 1 ? i : 0], {by[i][0], by[i][1]}, rounding);
        scores.push_back(std::sqrt((images[i] - expected).square().sum(-1).sum().item<double>()));
    }
    return scores;
}

int otsu_threshold(const Tensor& bytes)
{
    check(bytes.scalar_type() == at::kByte && bytes.numel() > 0, "a threshold is sought for bytes");
    std::array<double, 256> count{};
    const Tensor values = bytes.cpu().contiguous();
    double mean = 0;
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        count[values.data_ptr<std::uint8_t>()[i]] += 1;
        mean += values.data_ptr<std::uint8_t>()[i];
    }
    const auto all = static_cast<double>(values.numel());

    // Grow the lower class value by value.
    double lower = 0, lower_sum = 0, best = 0;
    int threshold = 0;
    for (int t = 0; t < 256; ++t) {
        lower += count[static_cast<std::size_t>(t)];
        lower_sum += t * count[static_cast<std::size_t>(t)];
        const double upper = all - lower;
        if (lower == 0 || upper == 0)
            continue;
        const double gap = lower_sum / lower - (mean - lower_sum) / upper;
        const double between = lower / all * (upper / all) * gap * gap;
        if (between > best) {
            best = between;
            threshold = t;
        }
    }
    return threshold;
}

Tensor without_background(const Tensor& images, std::vector<std::int64_t>& chosen)
{
    const Tensor bytes = (images * 255).to(at::kByte);
    std::vector<Tensor> cleared;
    for (const Tensor& image : bytes.unbind(0)) {
        const int threshold = otsu_threshold(image);
        chosen.push_back(threshold);
        cleared.push_back(at::where(image > threshold, image, at::zeros_like(image)));
    }
    return at::stack(cleared);
}

} // namespace lacuna::metrics
