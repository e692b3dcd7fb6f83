// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/operators/linear_operator.h"
#include "engine/operators/small_svd.h"

namespace lacuna {

/// y = L_v X L_h^T for every channel: smaller pictures and blur. y [B,C,rows of L_v,rows of L_h]. Spectral order of
/// V_v^T X V_h with the channel fastest: the observed block row by row, the rest of its rows, the other rows.
class SeparableOperator final : public SpectralOperator {
public:
    SeparableOperator(std::int64_t channels, SmallSvd vertical, SmallSvd horizontal);

    Tensor Vt(const Tensor& x) const override;
    Tensor V(const Tensor& z) const override;
    Tensor Ut(const Tensor& y) const override;
    Tensor U(const Tensor& w) const override;

    /// Component k of one channel is this element of V_v^T X V_h, row by row; [H W] int64.
    const Tensor& order() const { return order_; }

private:
    std::int64_t C_, H_, W_, h_, w_;
    SmallSvd vertical_, horizontal_;
    Tensor order_, inverse_;
};

/// Weights of bicubic reduction by `factor` (Keys 1981, a = -0.5, stretched: MATLAB's antialiased imresize), sum 1;
/// tap i lies at column factor r + first + i for output r, where first = ceil((factor - 1) / 2 - 2 factor).
std::vector<double> bicubic_taps(int factor);
/// One axis of it, [n / factor, n] float64; borders mirrored with the edge repeated.
Tensor bicubic_matrix(std::int64_t n, int factor);

/// Odd kernels of the published tasks, sum 1.
std::vector<double> uniform_kernel(int taps);
std::vector<double> gaussian_kernel(int taps, double sigma);
/// Convolution along one axis, [n,n] float64, zero beyond the border. `drop_last_tap`: the published matrix forgets
/// it (Q10).
Tensor blur_matrix(std::int64_t n, const std::vector<double>& kernel, bool drop_last_tap = false);

/// 1-D singular values of blur below this are not inverted. restoration.md 4.2.
inline constexpr double smallest_singular_value = 0.03;

} // namespace lacuna
