// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/separable_operator.h"

#include <cmath>
#include <utility>

#include "engine/core/error.h"

namespace lacuna {

namespace {

Tensor spectral_order(std::int64_t H, std::int64_t W, std::int64_t h, std::int64_t w)
{
    const Tensor elements = at::arange(H * W, at::kLong).reshape({H, W});
    const Tensor upper = elements.narrow(0, 0, h);
    return at::cat({upper.narrow(1, 0, w).flatten(), upper.narrow(1, w, W - w).flatten(),
                    elements.narrow(0, h, H - h).flatten()});
}

/// s_i s_j for the observed block, each once per channel.
Tensor products(const SmallSvd& vertical, const SmallSvd& horizontal, std::int64_t channels)
{
    return at::outer(vertical.S, horizontal.S).flatten().repeat_interleave(channels);
}

double keys(double x)
{
    constexpr double a = -0.5;
    const double d = std::abs(x);
    if (d <= 1)
        return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

std::vector<double> with_sum_1(std::vector<double> taps)
{
    double sum = 0;
    for (const double tap : taps)
        sum += tap;
    for (double& tap : taps)
        tap /= sum;
    return taps;
}

/// Distance of the first tap from the first pixel of its block.
std::int64_t first_tap(int factor)
{
    return static_cast<std::int64_t>(std::ceil((factor - 1) / 2.0 - 2.0 * factor));
}

std::int64_t mirrored(std::int64_t j, std::int64_t n)
{
    while (j < 0 || j >= n)
        j = j < 0 ? -j - 1 : 2 * n - 1 - j;
    return j;
}

} // namespace

SeparableOperator::SeparableOperator(std::int64_t channels, SmallSvd vertical, SmallSvd horizontal)
    : SpectralOperator(products(vertical, horizontal, channels),
                       channels * vertical.V.size(0) * horizontal.V.size(0)),
      C_(channels),
      H_(vertical.V.size(0)),
      W_(horizontal.V.size(0)),
      h_(vertical.S.numel()),
      w_(horizontal.S.numel()),
      vertical_(std::move(vertical)),
      horizontal_(std::move(horizontal)),
      order_(spectral_order(H_, W_, h_, w_)),
      inverse_(at::empty_like(order_).index_copy(0, order_, at::arange(order_.numel(), at::kLong)))
{
}

Tensor SeparableOperator::Vt(const Tensor& x) const
{
    const Tensor z =
        at::matmul(at::matmul(vertical_.V.t().to(x.options()), x), horizontal_.V.to(x.options()));
    return z.flatten(2).index_select(2, order_.to(x.device())).transpose(1, 2).flatten(1);
}

Tensor SeparableOperator::V(const Tensor& z) const
{
    const Tensor planes = z.reshape({-1, H_ * W_, C_})
                              .transpose(1, 2)
                              .index_select(2, inverse_.to(z.device()))
                              .reshape({-1, C_, H_, W_});
    return at::matmul(at::matmul(vertical_.V.to(z.options()), planes), horizontal_.V.t().to(z.options()));
}

Tensor SeparableOperator::Ut(const Tensor& y) const
{
    const Tensor w =
        at::matmul(at::matmul(vertical_.U.t().to(y.options()), y), horizontal_.U.to(y.options()));
    return w.flatten(2).transpose(1, 2).flatten(1);
}

Tensor SeparableOperator::U(const Tensor& w) const
{
    const Tensor planes = w.reshape({-1, h_ * w_, C_}).transpose(1, 2).reshape({-1, C_, h_, w_});
    return at::matmul(at::matmul(vertical_.U.to(w.options()), planes), horizontal_.U.t().to(w.options()));
}

std::vector<double> bicubic_taps(int factor)
{
    const double centre = (factor - 1) / 2.0;
    const auto last = static_cast<std::int64_t>(std::floor(centre + 2.0 * factor));
    std::vector<double> taps;
    for (std::int64_t j = first_tap(factor); j <= last; ++j)
        taps.push_back(keys((static_cast<double>(j) - centre) / factor));
    return with_sum_1(std::move(taps));
}

Tensor bicubic_matrix(std::int64_t n, int factor)
{
    check(factor >= 1 && n % factor == 0, "the size is a multiple of the factor");
    const std::vector<double> taps = bicubic_taps(factor);
    const Tensor matrix = at::zeros({n / factor, n}, at::kDouble);
    auto row = matrix.accessor<double, 2>();
    for (std::int64_t r = 0; r < n / factor; ++r)
        for (std::size_t i = 0; i < taps.size(); ++i)
            row[r][mirrored(factor * r + first_tap(factor) + static_cast<std::int64_t>(i), n)] += taps[i];
    return matrix;
}

std::vector<double> uniform_kernel(int taps)
{
    return with_sum_1(std::vector<double>(static_cast<std::size_t>(taps), 1.0));
}

std::vector<double> gaussian_kernel(int taps, double sigma)
{
    std::vector<double> kernel;
    for (int i = 0; i < taps; ++i)
        kernel.push_back(std::exp(-0.5 * std::pow((i - taps / 2) / sigma, 2)));
    return with_sum_1(std::move(kernel));
}

Tensor blur_matrix(std::int64_t n, const std::vector<double>& kernel, bool drop_last_tap)
{
    const auto taps = static_cast<std::int64_t>(kernel.size());
    check(taps % 2 == 1, "a kernel has an odd number of taps");
    const Tensor matrix = at::zeros({n, n}, at::kDouble);
    auto row = matrix.accessor<double, 2>();
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t tap = 0; tap < taps - (drop_last_tap ? 1 : 0); ++tap)
            if (const std::int64_t j = i + tap - taps / 2; j >= 0 && j < n)
                row[i][j] = kernel[static_cast<std::size_t>(tap)];
    return matrix;
}

} // namespace lacuna
