// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/operators/linear_operator.h"

namespace lacuna {

/// Compressed sensing: the pixels are shuffled, transformed by Walsh and Hadamard, and the first 1/ratio of the
/// coefficients is measured. y [B,C,H W / ratio]. H W is a power of two; spectral order: channel fastest.
/// restoration.md 4.2.
class WalshHadamard final : public SpectralOperator {
public:
    /// The shuffling is a function of the seed and the number of pixels alone.
    WalshHadamard(std::int64_t channels, std::int64_t height, std::int64_t width, std::int64_t ratio,
                  std::uint64_t seed);

    Tensor Vt(const Tensor& x) const override;
    Tensor V(const Tensor& z) const override;
    Tensor Ut(const Tensor& y) const override;
    Tensor U(const Tensor& w) const override;

private:
    std::int64_t C_, H_, W_, measured_;
    Tensor shuffle_, inverse_;
};

/// The orthonormal Walsh-Hadamard transform of the last axis, whose size is a power of two. Its own inverse.
Tensor walsh_hadamard(const Tensor& values);

} // namespace lacuna
