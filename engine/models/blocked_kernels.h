// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lacuna::blocked {

/// A picture [C,H,W] in blocks of 8 or 16 channels: [C / block][H][W][block]; missing channels of the last block are
/// zero. The loops are written for the compiler's vectoriser and are compiled for several processors.
struct Shape {
    std::int64_t channels = 0, height = 0, width = 0;
    std::int64_t block = 16; ///< 8 or 16

    std::int64_t blocks() const { return (channels + block - 1) / block; }
    std::int64_t pixels() const { return height * width; }
    std::size_t block_size() const { return static_cast<std::size_t>(pixels() * block); }
    std::size_t size() const { return static_cast<std::size_t>(blocks()) * block_size(); }
};

/// From and to [C,H,W].
void pack(const float* plain, float* out, const Shape&);
void unpack(const float* in, float* plain, const Shape&);

/// Coefficients of 32-group normalisation with its modulation: y = scale[c] x + shift[c].
struct GroupNorm {
    Shape shape{};
    double eps = 1e-5;
    const float *weight = nullptr, *bias = nullptr;       ///< [C]
    const float* added = nullptr;                         ///< [C], added before the norm, or null
    const float *scale_by = nullptr, *shift_by = nullptr; ///< [C] each, y = norm (1 + scale) + shift, or null
    bool silu = false;
    int threads = 1;
};

/// `in` and `out` may be the same. Sums are made in single precision over 64 values around the channel's first
/// value, then in double.
void group_norm(const GroupNorm&, const float* in, float* out);

/// out += in, `count` values.
void add(const float* in, float* out, std::size_t count);

/// Nearest neighbour; `in_shape` is that of the input.
void upsample(const float* in, float* out, const Shape& in_shape, int threads);
/// Mean of 2 x 2.
void average_pool(const float* in, float* out, const Shape& in_shape, int threads);

/// Squares of side x side pixels into channels, and back: op::PixelUnshuffle and op::PixelShuffle.
void pixel_unshuffle(const float* in, float* out, const Shape& in_shape, int side);
void pixel_shuffle(const float* in, float* out, const Shape& in_shape, int side);

/// `rows` rows of `width` numbers: softmax(scale row).
void softmax(float* values, std::int64_t rows, std::int64_t width, float scale);

/// `count` channels from `first` on as a matrix [H W][count], and back.
void gather(const float* in, float* matrix, const Shape&, std::int64_t first, std::int64_t count);
void scatter(const float* matrix, float* out, const Shape&, std::int64_t first, std::int64_t count);

/// out[o] = bias[o] + sum over i of weight[o][i] in[i].
void linear(const float* weight, const float* bias, const float* in, float* out, std::int64_t outputs,
            std::int64_t inputs);

} // namespace lacuna::blocked
