// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/operators/linear_operator.h"
#include "engine/operators/small_svd.h"

namespace lacuna {

/// Some pixels are missing: y is the picture with zeros in the holes. Spectral order: known values with the channel
/// fastest, then the missing ones channel by channel.
class Inpainting final : public SpectralOperator {
public:
    /// keep [H,W] or [1,1,H,W], more than 0.5 = known.
    Inpainting(const Tensor& keep, std::int64_t channels);

    Tensor Vt(const Tensor& x) const override;
    Tensor V(const Tensor& z) const override;
    Tensor Ut(const Tensor& y) const override;
    Tensor U(const Tensor& w) const override;
    Tensor A(const Tensor& x) const override { return known(x); }
    Tensor At(const Tensor& y) const override { return known(y); }
    Tensor A_pinv(const Tensor& y) const override { return known(y); }
    Tensor keep() const override { return keep_; }

    /// Where spectral component k comes from, as an index into the picture [H,W,C]; [n] int64.
    Tensor pixel_order() const;

private:
    Tensor known(const Tensor& x) const;

    Tensor keep_;
    Tensor order_, inverse_; ///< component -> element of [C,H,W], and back
    std::int64_t C_, H_, W_;
};

/// y = x; with noise this is denoising.
class Denoising final : public SpectralOperator {
public:
    Denoising(std::int64_t channels, std::int64_t height, std::int64_t width);

    Tensor Vt(const Tensor& x) const override { return x.flatten(1); }
    Tensor V(const Tensor& z) const override { return z.reshape({-1, C_, H_, W_}); }
    Tensor Ut(const Tensor& y) const override { return y.flatten(1); }
    Tensor U(const Tensor& w) const override { return w.reshape({-1, C_, H_, W_}); }

private:
    std::int64_t C_, H_, W_;
};

/// y [B,C,H/r,W/r], the mean of every r x r block. Spectral order: the first coefficient of all blocks, then the
/// others block by block.
class BlockAverage final : public SpectralOperator {
public:
    BlockAverage(std::int64_t channels, std::int64_t height, std::int64_t width, std::int64_t factor);
    /// With a given decomposition of the row (1/r^2, ...).
    BlockAverage(std::int64_t channels, std::int64_t height, std::int64_t width, std::int64_t factor,
                 SmallSvd svd);

    Tensor Vt(const Tensor& x) const override;
    Tensor V(const Tensor& z) const override;
    Tensor arranged(const Tensor& x) const override;
    Tensor Ut(const Tensor& y) const override;
    Tensor U(const Tensor& w) const override;

private:
    Tensor blocks(const Tensor& x) const;
    Tensor first_then_others(const Tensor& blocks) const;

    std::int64_t C_, h_, w_, r_;
    SmallSvd svd_;
};

/// y [B,1,H,W], the weighted mean of the three channels. Spectral order: the first coefficient of all pixels, then
/// the second, then the third.
class Colorization final : public SpectralOperator {
public:
    Colorization(std::int64_t channels, std::int64_t height, std::int64_t width);
    /// With a given decomposition of the row of weights.
    Colorization(std::int64_t channels, std::int64_t height, std::int64_t width, SmallSvd svd);

    Tensor Vt(const Tensor& x) const override;
    Tensor V(const Tensor& z) const override;
    Tensor arranged(const Tensor& x) const override { return x.flatten(1); }
    Tensor Ut(const Tensor& y) const override;
    Tensor U(const Tensor& w) const override;

private:
    std::int64_t H_, W_;
    SmallSvd svd_;
};

} // namespace lacuna
