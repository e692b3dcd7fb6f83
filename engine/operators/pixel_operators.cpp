// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/pixel_operators.h"

#include <utility>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// The components of a picture with this mask, as elements of [H,W,C]: known ones, then missing ones by channel.
Tensor inpainting_order(const Tensor& known, std::int64_t C)
{
    const Tensor pixels = at::arange(known.numel(), at::kLong);
    const Tensor channels = at::arange(C, at::kLong);
    const Tensor kept = pixels.masked_select(known), missing = pixels.masked_select(known.logical_not());
    const Tensor kept_elements = (C * kept.unsqueeze(1) + channels).flatten();
    const Tensor missing_elements = (C * missing.unsqueeze(0) + channels.unsqueeze(1)).flatten();
    return at::cat({kept_elements, missing_elements});
}

Tensor known_pixels(const Tensor& keep)
{
    return (keep.cpu() > 0.5).flatten();
}

Tensor inverse_of(const Tensor& order)
{
    return at::empty_like(order).index_copy(0, order, at::arange(order.numel(), at::kLong));
}

Tensor average_row(std::int64_t r)
{
    return at::full({1, r * r}, 1.0 / static_cast<double>(r * r), at::kDouble);
}

Tensor gray_row()
{
    return at::tensor({0.3333, 0.3334, 0.3333}, at::kDouble).unsqueeze(0);
}

/// U of a decomposition of one row: a sign.
double sign_of(const SmallSvd& svd)
{
    return svd.U.item<double>();
}

} // namespace

Inpainting::Inpainting(const Tensor& keep, std::int64_t channels)
    : SpectralOperator(at::ones({known_pixels(keep).sum().item<std::int64_t>() * channels}, at::kDouble),
                       keep.numel() * channels),
      keep_((keep > 0.5).to(at::kFloat).reshape({1, 1, keep.size(-2), keep.size(-1)})),
      C_(channels),
      H_(keep.size(-2)),
      W_(keep.size(-1))
{
    check(keep.numel() == H_ * W_, "one mask serves all channels and members");
    const Tensor order = inpainting_order(known_pixels(keep), C_);
    order_ = order.remainder(C_) * (H_ * W_) + order.div(C_, "floor");
    inverse_ = inverse_of(order_);
}

Tensor Inpainting::Vt(const Tensor& x) const
{
    return x.flatten(1).index_select(1, order_.to(x.device()));
}

Tensor Inpainting::V(const Tensor& z) const
{
    return z.index_select(1, inverse_.to(z.device())).reshape({-1, C_, H_, W_});
}

Tensor Inpainting::Ut(const Tensor& y) const
{
    return Vt(y).narrow(1, 0, singular_values().numel());
}

Tensor Inpainting::U(const Tensor& w) const
{
    return V(padded(w, order_.numel()));
}

/// x with zeros in the holes.
Tensor Inpainting::known(const Tensor& x) const
{
    return at::where((keep_ > 0.5).to(x.device()), x, at::zeros({}, x.options()));
}

Tensor Inpainting::pixel_order() const
{
    return inpainting_order(known_pixels(keep_), C_);
}

Denoising::Denoising(std::int64_t channels, std::int64_t height, std::int64_t width)
    : SpectralOperator(at::ones({channels * height * width}, at::kDouble), channels * height * width),
      C_(channels),
      H_(height),
      W_(width)
{
}

BlockAverage::BlockAverage(std::int64_t channels, std::int64_t height, std::int64_t width,
                           std::int64_t factor)
    : BlockAverage(channels, height, width, factor, small_svd(average_row(factor)))
{
}

BlockAverage::BlockAverage(std::int64_t channels, std::int64_t height, std::int64_t width,
                           std::int64_t factor, SmallSvd svd)
    : SpectralOperator(svd.S.expand({channels * (height / factor) * (width / factor)}),
                       channels * height * width),
      C_(channels),
      h_(height / factor),
      w_(width / factor),
      r_(factor),
      svd_(std::move(svd))
{
    check(h_ * r_ == height && w_ * r_ == width, "the picture divides into blocks");
}

/// [B, blocks, pixels of a block].
Tensor BlockAverage::blocks(const Tensor& x) const
{
    return x.reshape({-1, C_, h_, r_, w_, r_})
        .permute({0, 1, 2, 4, 3, 5})
        .reshape({-1, C_ * h_ * w_, r_ * r_});
}

Tensor BlockAverage::first_then_others(const Tensor& blocks) const
{
    return at::cat({blocks.select(2, 0), blocks.narrow(2, 1, r_ * r_ - 1).flatten(1)}, 1);
}

Tensor BlockAverage::Vt(const Tensor& x) const
{
    return first_then_others(at::matmul(blocks(x), svd_.V.to(x.options())));
}

Tensor BlockAverage::arranged(const Tensor& x) const
{
    return first_then_others(blocks(x));
}

Tensor BlockAverage::V(const Tensor& z) const
{
    const std::int64_t count = C_ * h_ * w_;
    const Tensor first = z.narrow(1, 0, count).unsqueeze(2);
    const Tensor others = z.narrow(1, count, z.size(1) - count).reshape({-1, count, r_ * r_ - 1});
    const Tensor x = at::matmul(at::cat({first, others}, 2), svd_.V.t().to(z.options()));
    return x.reshape({-1, C_, h_, w_, r_, r_})
        .permute({0, 1, 2, 4, 3, 5})
        .reshape({-1, C_, h_ * r_, w_ * r_});
}

Tensor BlockAverage::Ut(const Tensor& y) const
{
    return sign_of(svd_) * y.flatten(1);
}

Tensor BlockAverage::U(const Tensor& w) const
{
    return sign_of(svd_) * w.reshape({-1, C_, h_, w_});
}

Colorization::Colorization(std::int64_t channels, std::int64_t height, std::int64_t width)
    : Colorization(channels, height, width, small_svd(gray_row()))
{
}

Colorization::Colorization(std::int64_t channels, std::int64_t height, std::int64_t width, SmallSvd svd)
    : SpectralOperator(svd.S.expand({height * width}), channels * height * width),
      H_(height),
      W_(width),
      svd_(std::move(svd))
{
    check(channels == 3, "the picture has three channels");
}

Tensor Colorization::Vt(const Tensor& x) const
{
    return at::matmul(svd_.V.t().to(x.options()), x.flatten(2)).flatten(1);
}

Tensor Colorization::V(const Tensor& z) const
{
    return at::matmul(svd_.V.to(z.options()), z.reshape({-1, 3, H_ * W_})).reshape({-1, 3, H_, W_});
}

Tensor Colorization::Ut(const Tensor& y) const
{
    return sign_of(svd_) * y.flatten(1);
}

Tensor Colorization::U(const Tensor& w) const
{
    return sign_of(svd_) * w.reshape({-1, 1, H_, W_});
}

} // namespace lacuna
