// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/frechet.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Eigenvalues of a symmetric matrix without negative ones, and its eigenvectors as columns. Values that are only
/// rounding (LAPACK's bound, n eps |A|) are 0: their square roots would be 1e-8 instead of 0.
std::pair<Tensor, Tensor> eigen(const Tensor& symmetric)
{
    const auto [values, vectors] = at::linalg_eigh((symmetric + symmetric.t()) / 2);
    const double rounding = double(symmetric.size(0)) * std::numeric_limits<double>::epsilon()
                            * values.abs().max().item<double>();
    return {values.where(values > rounding, at::zeros_like(values)), vectors};
}

Tensor root(const Tensor& symmetric)
{
    const auto [values, vectors] = eigen(symmetric);
    return vectors.mul(values.sqrt()).mm(vectors.t());
}

} // namespace

FittedGaussian fit_gaussian(const Tensor& features)
{
    check(features.dim() == 2 && features.size(0) >= 2, "at least two rows");
    const Tensor rows = features.to(at::kCPU, at::kDouble);
    const Tensor mean = rows.mean(0), centred = rows - mean;
    return {mean, centred.t().mm(centred) / static_cast<double>(rows.size(0) - 1)};
}

double frechet_distance(const FittedGaussian& a, const FittedGaussian& b)
{
    // The singular values of C1^1/2 C2^1/2 are the eigenvalues of (C1^1/2 C2 C1^1/2)^1/2.
    const double cross = at::linalg_svdvals(root(a.covariance).mm(root(b.covariance))).sum().item<double>();
    const double traces = (a.covariance.trace() + b.covariance.trace()).item<double>();
    const double means = (a.mean - b.mean).square().sum().item<double>();
    return std::max(0.0, means + traces - 2 * cross);
}

Interval frechet_bootstrap(std::size_t units,
                           const std::function<double(const std::vector<std::size_t>&)>& distance,
                           const BootstrapOptions& options)
{
    std::vector<double> resampled;
    const Interval plain = bootstrap(
        units, [&](const std::vector<std::size_t>& some) { return resampled.emplace_back(distance(some)); },
        options);
    std::erase_if(resampled, [](double value) { return std::isnan(value); });
    std::sort(resampled.begin(), resampled.end());
    const double shift = resampled.empty() ? 0 : plain.value - quantile(resampled, 0.5);
    return {plain.value, std::clamp(plain.low + shift, 0.0, plain.value),
            std::max(plain.high + shift, plain.value)};
}

Interval frechet_interval(const Tensor& a, const Tensor& b, const BootstrapOptions& options)
{
    const auto rows_a = std::size_t(a.size(0)), rows_b = std::size_t(b.size(0));
    const auto fitted = [](const Tensor& rows, const std::vector<std::int64_t>& drawn) {
        return fit_gaussian(rows.index_select(0, at::tensor(drawn)));
    };
    return frechet_bootstrap(
        rows_a + rows_b,
        [&](const std::vector<std::size_t>& units) {
            std::vector<std::int64_t> of_a, of_b;
            for (const std::size_t unit : units)
                unit < rows_a ? of_a.push_back(std::int64_t(unit))
                              : of_b.push_back(std::int64_t(unit - rows_a));
            const bool enough = of_a.size() >= 2 && of_b.size() >= 2;
            return enough ? frechet_distance(fitted(a, of_a), fitted(b, of_b)) : std::nan("");
        },
        options);
}

Tensor mahalanobis(const FittedGaussian& gaussian, const Tensor& features, double shrink)
{
    const std::int64_t size = gaussian.mean.size(0);
    const Tensor isotropic = at::eye(size, at::kDouble) * (gaussian.covariance.trace() / double(size));
    const auto [values, vectors] = eigen((1 - shrink) * gaussian.covariance + shrink * isotropic);
    const Tensor along = (features.to(at::kCPU, at::kDouble) - gaussian.mean).mm(vectors);
    return along.square().div(values.clamp_min(1e-300)).sum(1);
}

} // namespace lacuna
