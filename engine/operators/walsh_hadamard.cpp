// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/walsh_hadamard.h"

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/diffusion/noise.h"

namespace lacuna {

namespace {

bool is_power_of_two(std::int64_t n)
{
    return n > 0 && (n & (n - 1)) == 0;
}

/// Fisher-Yates.
Tensor shuffled(std::int64_t n, std::uint64_t seed)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const DrawStream stream{.seed = seed, .purpose = static_cast<std::uint32_t>(Purpose::Measurement)};
    for (std::size_t i = order.size(); i > 1; --i) {
        const double u = uniform(stream, i);
        std::swap(order[i - 1], order[static_cast<std::size_t>(u * static_cast<double>(i))]);
    }
    return at::tensor(order, at::kLong);
}

} // namespace

WalshHadamard::WalshHadamard(std::int64_t channels, std::int64_t height, std::int64_t width,
                             std::int64_t ratio, std::uint64_t seed)
    : SpectralOperator(at::ones({channels * (height * width / ratio)}, at::kDouble),
                       channels * height * width),
      C_(channels),
      H_(height),
      W_(width),
      measured_(height * width / ratio),
      shuffle_(shuffled(height * width, seed)),
      inverse_(at::empty_like(shuffle_).index_copy(0, shuffle_, at::arange(height * width, at::kLong)))
{
    check(is_power_of_two(height * width), "the number of pixels is a power of two");
}

Tensor WalshHadamard::Vt(const Tensor& x) const
{
    const Tensor pixels = x.flatten(2).index_select(2, shuffle_.to(x.device()));
    return walsh_hadamard(pixels).transpose(1, 2).flatten(1);
}

Tensor WalshHadamard::V(const Tensor& z) const
{
    const Tensor pixels = walsh_hadamard(z.reshape({-1, H_ * W_, C_}).transpose(1, 2));
    return pixels.index_select(2, inverse_.to(z.device())).reshape({-1, C_, H_, W_});
}

Tensor WalshHadamard::Ut(const Tensor& y) const
{
    return y.transpose(1, 2).flatten(1);
}

Tensor WalshHadamard::U(const Tensor& w) const
{
    return w.reshape({-1, measured_, C_}).transpose(1, 2);
}

Tensor walsh_hadamard(const Tensor& values)
{
    const std::int64_t n = values.size(-1);
    check(is_power_of_two(n), "the transform has a power of two of values");
    Tensor v = values.reshape({-1, n});
    for (std::int64_t half = 1; half < n; half *= 2) {
        const Tensor pairs = v.reshape({-1, n / (2 * half), 2, half});
        const Tensor a = pairs.select(2, 0), b = pairs.select(2, 1);
        v = at::stack({a + b, a - b}, 2).reshape({-1, n});
    }
    return v.reshape(values.sizes()) / std::sqrt(static_cast<double>(n));
}

} // namespace lacuna
