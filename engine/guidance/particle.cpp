// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/guidance/particle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/core/error.h"

namespace lacuna {

namespace {

using Matrix = at::TensorAccessor<double, 2>;

/// Sum of a row of float64 in pieces of fixed length: one full reduction would be split among threads, and its
/// rounding would depend on their number.
double total(const Tensor& row)
{
    double sum = 0;
    for (const Tensor& piece : row.split(4096))
        sum += piece.sum().item<double>();
    return sum;
}

double intersection(const Tensor& a, const Tensor& b)
{
    return total(at::minimum(a, b));
}

double reunion(const Tensor& a, const Tensor& b)
{
    return total(at::maximum(a, b));
}

/// d(a, b): |a - b|, or 1 - IoU.
double distance(Kernel kernel, const Tensor& a, const Tensor& b)
{
    if (kernel == Kernel::Iou)
        return 1 - intersection(a, b) / reunion(a, b);
    return std::sqrt(total((a - b).square()));
}

/// The argument u of k = exp(-u / h) as a function of d, and its slope.
double argument(Kernel kernel, double d)
{
    return kernel == Kernel::Rbf ? d * d : d;
}

/// du/da of the argument; 0 where a = b. Values at most `rounding` apart are equal.
Tensor argument_slope(const KernelOptions& options, const Tensor& a, const Tensor& b, double d,
                      double rounding)
{
    switch (options.kernel) {
    case Kernel::Rbf:
        return 2 * (a - b);
    case Kernel::Euclidean:
        return d > 0 ? (a - b) / d : at::zeros_like(a);
    case Kernel::Iou: {
        // dIoU/da = ([a < b] U - I [a > b]) / U^2.                                       samplers.md 4.2
        const double I = intersection(a, b), U = reunion(a, b);
        const double at_tie = options.tie == Tie::Half ? 0.5 : 0;
        const Tensor gap = a - b;
        const Tensor equal = at_tie * (gap.abs() <= rounding).to(at::kDouble);
        const Tensor below = (gap < -rounding).to(at::kDouble) + equal;
        const Tensor above = (gap > rounding).to(at::kDouble) + equal;
        return (I * above - U * below) / (U * U);
    }
    }
    return {};
}

double lower_median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Tensor distance_matrix(Kernel kernel, const Tensor& points)
{
    const std::int64_t n = points.size(0);
    Tensor distances = at::zeros({n, n}, at::kDouble);
    Matrix d = distances.accessor<double, 2>();
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = i + 1; j < n; ++j)
            d[i][j] = d[j][i] = distance(kernel, points[i], points[j]);
    return distances;
}

/// Distances d_ij with i < j of one matrix, or those of one row.
std::vector<double> pair_distances(const Matrix& d, std::int64_t row = -1)
{
    std::vector<double> values;
    for (std::int64_t i = 0; i < d.size(0); ++i)
        for (std::int64_t j = i + 1; j < d.size(0); ++j)
            if (row < 0 || row == i || row == j)
                values.push_back(d[i][j]);
    return values;
}

/// h of every particle; one number in all when they share it.
std::vector<double> bandwidths(const KernelOptions& options, const Matrix& d)
{
    const std::int64_t n = d.size(0);
    const auto width = [&](double median, std::int64_t mates) {
        return median * median / std::log(static_cast<double>(mates)) / options.exponent;
    };
    if (options.bandwidth == Bandwidth::Fixed)
        return {options.fixed / options.exponent};
    if (options.bandwidth != Bandwidth::PerParticle)
        return {width(lower_median(pair_distances(d)), n)};
    std::vector<double> h;
    for (std::int64_t i = 0; i < n; ++i)
        h.push_back(width(lower_median(pair_distances(d, i)), n - 1));
    return h;
}

/// dS/du_ij of S = sum_{i<j} exp(-u_ij / h), for each row its own h. [N,N], symmetric when h is shared.
Tensor pair_weights(const KernelOptions& options, const Matrix& d, const std::vector<double>& bandwidth)
{
    const std::int64_t n = d.size(0);
    Tensor weights = at::zeros({n, n}, at::kDouble);
    Matrix w = weights.accessor<double, 2>();
    for (std::int64_t i = 0; i < n; ++i) {
        const double h = bandwidth[bandwidth.size() > 1 ? static_cast<std::size_t>(i) : 0];
        if (!std::isfinite(h) || h <= 0)
            continue;
        for (std::int64_t j = 0; j < n; ++j)
            if (j != i)
                w[i][j] = -std::exp(-argument(options.kernel, d[i][j]) / h) / h;
    }
    return weights;
}

/// The part of dS/du that comes through h: only the pairs that realise the median have one, in equal shares.
void add_median_weights(const KernelOptions& options, const Matrix& d, double h, Matrix w)
{
    const std::int64_t n = d.size(0);
    const double median = lower_median(pair_distances(d));
    double slope = 0; // dS/dh
    std::vector<std::pair<std::int64_t, std::int64_t>> realise;
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = i + 1; j < n; ++j) {
            const double u = argument(options.kernel, d[i][j]);
            slope += u * std::exp(-u / h) / (h * h);
            if (d[i][j] == median)
                realise.emplace_back(i, j);
        }
    // h = d^2 / ln n, that is u / ln n or u^2 / ln n.
    const double dh_du = (options.kernel == Kernel::Rbf ? 1 : 2 * median) / std::log(static_cast<double>(n))
                         / options.exponent;
    for (const auto& [p, q] : realise) {
        w[p][q] += slope * dh_du / static_cast<double>(realise.size());
        w[q][p] = w[p][q];
    }
}

} // namespace

KernelSum kernel_sum(const Tensor& points, const KernelOptions& options, const Tensor& region)
{
    check(points.dim() > 0 && options.exponent >= 0,
          "particles are rows, the kernel's exponent is not negative");
    const std::int64_t n = points.size(0);
    Tensor flat = points.detach().to(at::kCPU, at::kDouble);
    if (region.defined())
        flat = flat * region.to(flat.options()); // differences, minima and maxima outside are 0
    flat = flat.reshape({n, -1}).contiguous();

    // Known pixels of different particles differ by the rounding of their estimates at most.
    const double rounding = 64
                            * (points.scalar_type() == at::kDouble ? std::numeric_limits<double>::epsilon()
                                                                   : std::numeric_limits<float>::epsilon());
    KernelSum sum{.gradient = at::zeros_like(flat),
                  .distances = distance_matrix(options.kernel, flat),
                  .bandwidth = {}};
    if (n > 1 && options.exponent > 0) {
        const Matrix d = sum.distances.accessor<double, 2>();
        sum.bandwidth = bandwidths(options, d);
        const Tensor weights = pair_weights(options, d, sum.bandwidth);
        Matrix w = weights.accessor<double, 2>();
        const double h = sum.bandwidth.front();
        if (options.bandwidth == Bandwidth::ThroughMedian && std::isfinite(h) && h > 0)
            add_median_weights(options, d, h, w);
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j)
                if (w[i][j] != 0)
                    sum.gradient[i] += w[i][j] * argument_slope(options, flat[i], flat[j], d[i][j], rounding);
    }
    sum.gradient = sum.gradient.reshape(points.sizes()).to(points.device());
    return sum;
}

Tensor angular_gradient(const Tensor& angles, double h)
{
    check(angles.dim() == 1 && h > 0, "angles are numbers, the bandwidth is positive");
    const double pi = std::numbers::pi;
    const Tensor all = angles.to(at::kDouble);
    const Tensor difference = at::remainder(all.unsqueeze(1) - all + pi, 2 * pi) - pi; // [N,N]
    return (-2 / h * difference * at::exp(difference.square() / -h)).sum(1);
}

Tensor ParticleGuidance::guide(const Tensor& d, const Tensor& x_hat, const Tensor& x0, double t, int index,
                               const Tensor& finished) const
{
    if (strength == 0 || t < from_sigma)
        return d;
    const double share = 0.5 * (1 + std::cos(std::numbers::pi * index / decay.steps));
    KernelOptions options = kernel;
    if (decay.exponent)
        options.exponent *= share;

    // What the kernel compares.
    Tensor points = point == KernelPoint::Noisy ? x_hat : x0;
    if (finished.defined())
        points = at::cat({points, finished.to(points.options())});
    if (space == KernelSpace::UnitRange)
        points = (points + 1) / 2;
    if (space == KernelSpace::VariancePreserving)
        points = points / std::sqrt(1 + t * t);

    if (!at::isfinite(points).all().item<bool>())
        return d;

    // d + k t g.                                                                        samplers.md 4.1, 4.5
    const Tensor g = kernel_sum(points, options, region).gradient.narrow(0, 0, d.size(0));
    if (!at::isfinite(g).all().item<bool>())
        return d;
    const double factor = strength * t * (decay.weight ? share : 1) * (quirks.literal_sign ? -1 : 1);
    std::vector<Tensor> guided;
    for (std::int64_t row = 0; row < d.size(0); ++row) {
        // The push is at most `cap` times as long as the slope.
        Tensor push = factor * g[row];
        const auto length = [](const Tensor& values) {
            return std::sqrt(total(values.to(at::kCPU, at::kDouble).square().reshape({-1})));
        };
        const double longest = std::isfinite(cap) ? cap * length(d[row]) : cap;
        const double pushed = length(push);
        if (pushed > longest)
            push = push * (longest / pushed);
        guided.push_back(d[row] + push.to(d.scalar_type()));
    }
    return at::stack(guided);
}

} // namespace lacuna
