// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// The loops of training that are neither convolutions nor matrix products, on pictures whose channels lie beside each
/// other (channels last). Short numbers are bfloat16 in 16 bits. Sums are made in an order that depends on nothing.
namespace lacuna::training {

/// One picture of [pixels, channels] numbers on its way through a group norm of 32 groups:
///   y = f((norm(x + added) weight + bias) (1 + scale) + shift), f = SiLU or nothing.
/// Null pointers stand for 0. All lists have `channels` elements; channels is a multiple of 32.
struct NormRow {
    std::int64_t pixels = 0, channels = 0;
    double eps = 1e-5;
    bool silu = false;
    const float *weight = nullptr, *bias = nullptr;
    const float *added = nullptr, *scale = nullptr, *shift = nullptr;
};

/// What the backward pass gives to the lists; those of absent inputs are not written.
struct NormGradients {
    float *weight = nullptr, *bias = nullptr;
    float *added = nullptr, *scale = nullptr, *shift = nullptr;
};

/// A picture in one of the two formats.
struct Numbers {
    const void* at = nullptr;
    bool is_short = false;
};
struct Results {
    void* at = nullptr;
    bool is_short = false;
};

/// Floats of working memory that a call needs.
inline std::int64_t norm_forward_scratch(const NormRow& row)
{
    return 4 * row.channels;
}
inline std::int64_t norm_backward_scratch(const NormRow& row)
{
    return row.channels * (row.pixels + 10);
}

/// AdamW with the moving average of the values, for numbers that are used alike.
struct AdamStep {
    float gradient_scale = 1; ///< the clipping
    float beta_1 = 0.9f, beta_2 = 0.999f, eps = 1e-8f;
    float rate = 0;                           ///< learning rate
    float correction_1 = 1, correction_2 = 1; ///< 1 / (1 - beta^n)
    float decay = 0;                          ///< weight decay
    float average_weight = 0;                 ///< 1 - decay of the moving average
};

/// The loops for one kind of processor.
struct RowKernels {
    /// `mean` and `inverse` [32]: of the groups, for the way back.
    void (*norm_forward)(const NormRow&, Numbers x, Results y, float* mean, float* inverse, float* scratch);
    void (*norm_backward)(const NormRow&, Numbers x, Numbers dy, Results dx, const float* mean,
                          const float* inverse, const NormGradients&, float* scratch);
    /// dx[y][x] = sum of the four pixels of dy [2 height][2 width][channels], channels a multiple of 16.
    void (*sum_of_four)(const void* dy, bool is_short, std::int64_t height, std::int64_t width,
                        std::int64_t channels, void* dx);
    void (*adam)(const AdamStep&, std::int64_t count, const float* gradient, float* value, float* first,
                 float* second, float* average);
    double (*sum_of_squares)(const float* values, std::int64_t count);
};

extern const RowKernels row_kernels_8, row_kernels_16;
const RowKernels& row_kernels(); ///< of this processor

} // namespace lacuna::training
