// SPDX-License-Identifier: GPL-3.0-or-later
// The loops of row_kernels.h, included once for each kind of processor with
// LACUNA_LANES: numbers in a vector
// LACUNA_KERNELS: the name of the table
#pragma once

#include "engine/training/row_kernels.h"

namespace lacuna::training {

namespace {

constexpr std::int64_t lanes = LACUNA_LANES;
constexpr int groups = 32;
using Vector [[gnu::vector_size(lanes * 4)]] = float;
using Whole [[gnu::vector_size(lanes * 4)]] = std::int32_t;
using Bits [[gnu::vector_size(lanes * 4)]] = std::uint32_t;
using Short [[gnu::vector_size(lanes * 2)]] = std::uint16_t;
using LooseVector [[gnu::vector_size(lanes * 4), gnu::aligned(4), gnu::may_alias]] = float;
using LooseShort [[gnu::vector_size(lanes * 2), gnu::aligned(2), gnu::may_alias]] = std::uint16_t;

inline Vector load(const float* from)
{
    return *reinterpret_cast<const LooseVector*>(from);
}

inline Vector load(const std::uint16_t* from)
{
    const Short half = *reinterpret_cast<const LooseShort*>(from);
    return (Vector)(__builtin_convertvector(half, Bits) << 16);
}

inline void store(float* to, Vector v)
{
    *reinterpret_cast<LooseVector*>(to) = v;
}

/// Rounds to nearest, ties to even.
inline void store(std::uint16_t* to, Vector v)
{
    Bits bits = (Bits)v;
    bits += 0x7fff + ((bits >> 16) & 1);
    *reinterpret_cast<LooseShort*>(to) = __builtin_convertvector(bits >> 16, Short);
}

inline Vector all(float value)
{
    return Vector{} + value;
}

/// 1 / (1 + exp(-x)), relative error about 1e-7.
inline Vector logistic(Vector x)
{
    constexpr float magic = 12582912.f; // 1.5 * 2^23: adding it rounds to a whole number
    Vector t = x * -1.44269504f;
    t = t < 126.f ? t : all(126.f);
    t = t > -126.f ? t : all(-126.f);
    const Vector n = (t + magic) - magic;
    const Vector f = t - n; // 2^f by its Taylor series, |f| <= 1/2
    Vector p = f * 1.5403530e-4f + 1.3333558e-3f;
    p = p * f + 9.6181291e-3f;
    p = p * f + 5.5504109e-2f;
    p = p * f + 2.4022651e-1f;
    p = p * f + 6.9314718e-1f;
    p = p * f + 1.f;
    const Whole power = (__builtin_convertvector(n, Whole) + 127) << 23;
    return 1.f / (1.f + p * (Vector)power);
}

/// Calls work.template operator()<width>(first channel) for blocks of 2 or 4 vectors.
template <class Work> inline void for_channels(std::int64_t channels, Work&& work)
{
    std::int64_t c = 0;
    for (; c + 4 * lanes <= channels; c += 4 * lanes)
        work.template operator()<4>(c);
    for (; c < channels; c += 2 * lanes)
        work.template operator()<2>(c);
}

/// y = a x + b of the whole norm, for each channel.
struct Affine {
    float *a, *b;
};

inline void affine(const NormRow& row, const float* mean, const float* inverse, const Affine& to)
{
    const std::int64_t of_group = row.channels / groups;
    for (std::int64_t c = 0; c < row.channels; ++c) {
        const std::int64_t g = c / of_group;
        const float scale = row.scale ? 1 + row.scale[c] : 1.f, shift = row.shift ? row.shift[c] : 0.f;
        const float added = row.added ? row.added[c] : 0.f;
        const float a = inverse[g] * row.weight[c];
        to.a[c] = a * scale;
        to.b[c] = (row.bias[c] + (added - mean[g]) * a) * scale + shift;
    }
}

template <class In> void channel_sums(const NormRow& row, const In* x, float* sums, float* squares)
{
    for_channels(row.channels, [&]<int width>(std::int64_t c) {
        Vector sum[width]{}, square[width]{};
        for (std::int64_t p = 0; p < row.pixels; ++p)
            for (int i = 0; i < width; ++i) {
                const Vector v = load(x + p * row.channels + c + i * lanes);
                sum[i] += v;
                square[i] += v * v;
            }
        for (int i = 0; i < width; ++i) {
            store(sums + c + i * lanes, sum[i]);
            store(squares + c + i * lanes, square[i]);
        }
    });
}

inline void group_moments(const NormRow& row, const float* sums, const float* squares, float* mean,
                          float* inverse)
{
    const std::int64_t of_group = row.channels / groups;
    const double pixels = static_cast<double>(row.pixels), count = pixels * static_cast<double>(of_group);
    for (int g = 0; g < groups; ++g) {
        double sum = 0, square = 0;
        for (std::int64_t c = g * of_group; c < (g + 1) * of_group; ++c) {
            const double added = row.added ? row.added[c] : 0;
            sum += sums[c] + pixels * added;
            square += squares[c] + added * (2.0 * sums[c] + pixels * added);
        }
        const double m = sum / count, variance = square / count - m * m;
        mean[g] = static_cast<float>(m);
        inverse[g] = static_cast<float>(1 / __builtin_sqrt((variance > 0 ? variance : 0) + row.eps));
    }
}

template <class In, class Out>
void forward(const NormRow& row, const In* x, Out* y, float* mean, float* inverse, float* scratch)
{
    float *sums = scratch, *squares = scratch + row.channels;
    const Affine line{scratch + 2 * row.channels, scratch + 3 * row.channels};
    channel_sums(row, x, sums, squares);
    group_moments(row, sums, squares, mean, inverse);
    affine(row, mean, inverse, line);
    for_channels(row.channels, [&]<int width>(std::int64_t c) {
        Vector a[width], b[width];
        for (int i = 0; i < width; ++i) {
            a[i] = load(line.a + c + i * lanes);
            b[i] = load(line.b + c + i * lanes);
        }
        for (std::int64_t p = 0; p < row.pixels; ++p)
            for (int i = 0; i < width; ++i) {
                const std::int64_t at = p * row.channels + c + i * lanes;
                const Vector u = a[i] * load(x + at) + b[i];
                store(y + at, row.silu ? u * logistic(u) : u);
            }
    });
}

/// Channel sums of the way back.
struct BackSums {
    float *du, *du_x, *x;
};

/// du = dy f'(u) into `du`, and its sums.
template <class In, class Out>
void backward_sums(const NormRow& row, const In* x, const Out* dy, const Affine& line, float* du,
                   const BackSums& sums)
{
    for_channels(row.channels, [&]<int width>(std::int64_t c) {
        Vector a[width], b[width], sum[width]{}, product[width]{}, plain[width]{};
        for (int i = 0; i < width; ++i) {
            a[i] = load(line.a + c + i * lanes);
            b[i] = load(line.b + c + i * lanes);
        }
        for (std::int64_t p = 0; p < row.pixels; ++p)
            for (int i = 0; i < width; ++i) {
                const std::int64_t at = p * row.channels + c + i * lanes;
                const Vector v = load(x + at);
                Vector d = load(dy + at);
                if (row.silu) {
                    const Vector u = a[i] * v + b[i], s = logistic(u);
                    d *= s * (1.f + u * (1.f - s));
                }
                store(du + at, d);
                sum[i] += d;
                product[i] += d * v;
                plain[i] += v;
            }
        for (int i = 0; i < width; ++i) {
            store(sums.du + c + i * lanes, sum[i]);
            store(sums.du_x + c + i * lanes, product[i]);
            store(sums.x + c + i * lanes, plain[i]);
        }
    });
}

/// dx = a du + p x + q, for each channel; with the gradients of the lists.
inline void backward_lists(const NormRow& row, const float* mean, const float* inverse, const Affine& line,
                           const BackSums& sums, const Affine& back, const NormGradients& to)
{
    const std::int64_t of_group = row.channels / groups;
    const float pixels = static_cast<float>(row.pixels), count = pixels * static_cast<float>(of_group);
    for (int g = 0; g < groups; ++g) {
        float sum = 0, product = 0; // of weight (1 + scale) du and of that times the normed x
        for (std::int64_t c = g * of_group; c < (g + 1) * of_group; ++c) {
            const float added = row.added ? row.added[c] : 0.f, factor = row.scale ? 1 + row.scale[c] : 1.f;
            const float normed = inverse[g] * (sums.du_x[c] + (added - mean[g]) * sums.du[c]);
            to.weight[c] = factor * normed;
            to.bias[c] = factor * sums.du[c];
            if (to.scale)
                to.scale[c] = row.weight[c] * normed + row.bias[c] * sums.du[c];
            if (to.shift)
                to.shift[c] = sums.du[c];
            sum += row.weight[c] * factor * sums.du[c];
            product += row.weight[c] * factor * normed;
        }
        const float p = -inverse[g] * inverse[g] * product / count;
        for (std::int64_t c = g * of_group; c < (g + 1) * of_group; ++c) {
            const float added = row.added ? row.added[c] : 0.f;
            back.a[c] = p;
            back.b[c] = -inverse[g] * sum / count + (added - mean[g]) * p;
            if (to.added)
                to.added[c] = line.a[c] * sums.du[c] + p * sums.x[c] + pixels * back.b[c];
        }
    }
}

template <class In, class Out>
void backward(const NormRow& row, const In* x, const Out* dy, In* dx, const float* mean, const float* inverse,
              const NormGradients& to, float* scratch)
{
    const std::int64_t n = row.channels;
    const Affine line{scratch, scratch + n}, back{scratch + 2 * n, scratch + 3 * n};
    const BackSums sums{scratch + 4 * n, scratch + 5 * n, scratch + 6 * n};
    float* const du = scratch + 10 * n;
    affine(row, mean, inverse, line);
    backward_sums(row, x, dy, line, du, sums);
    backward_lists(row, mean, inverse, line, sums, back, to);
    for_channels(n, [&]<int width>(std::int64_t c) {
        Vector a[width], p[width], q[width];
        for (int i = 0; i < width; ++i) {
            a[i] = load(line.a + c + i * lanes);
            p[i] = load(back.a + c + i * lanes);
            q[i] = load(back.b + c + i * lanes);
        }
        for (std::int64_t pixel = 0; pixel < row.pixels; ++pixel)
            for (int i = 0; i < width; ++i) {
                const std::int64_t at = pixel * n + c + i * lanes;
                store(dx + at, a[i] * load(du + at) + (p[i] * load(x + at) + q[i]));
            }
    });
}

void norm_forward(const NormRow& row, Numbers x, Results y, float* mean, float* inverse, float* scratch)
{
    using Half = std::uint16_t;
    if (x.is_short && y.is_short)
        forward(row, static_cast<const Half*>(x.at), static_cast<Half*>(y.at), mean, inverse, scratch);
    else if (x.is_short)
        forward(row, static_cast<const Half*>(x.at), static_cast<float*>(y.at), mean, inverse, scratch);
    else
        forward(row, static_cast<const float*>(x.at), static_cast<float*>(y.at), mean, inverse, scratch);
}

void norm_backward(const NormRow& row, Numbers x, Numbers dy, Results dx, const float* mean,
                   const float* inverse, const NormGradients& to, float* scratch)
{
    using Half = std::uint16_t;
    if (x.is_short && dy.is_short)
        backward(row, static_cast<const Half*>(x.at), static_cast<const Half*>(dy.at),
                 static_cast<Half*>(dx.at), mean, inverse, to, scratch);
    else if (x.is_short)
        backward(row, static_cast<const Half*>(x.at), static_cast<const float*>(dy.at),
                 static_cast<Half*>(dx.at), mean, inverse, to, scratch);
    else
        backward(row, static_cast<const float*>(x.at), static_cast<const float*>(dy.at),
                 static_cast<float*>(dx.at), mean, inverse, to, scratch);
}

template <class Number>
void sum_of_four_as(const Number* dy, std::int64_t height, std::int64_t width, std::int64_t channels,
                    Number* dx)
{
    const std::int64_t below = 2 * width * channels;
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            const Number* from = dy + (4 * y * width + 2 * x) * channels;
            Number* to = dx + (y * width + x) * channels;
            for (std::int64_t c = 0; c < channels; c += lanes)
                store(to + c, (load(from + c) + load(from + channels + c))
                                  + (load(from + below + c) + load(from + below + channels + c)));
        }
}

void sum_of_four(const void* dy, bool is_short, std::int64_t height, std::int64_t width,
                 std::int64_t channels, void* dx)
{
    if (is_short)
        sum_of_four_as(static_cast<const std::uint16_t*>(dy), height, width, channels,
                       static_cast<std::uint16_t*>(dx));
    else
        sum_of_four_as(static_cast<const float*>(dy), height, width, channels, static_cast<float*>(dx));
}

void adam(const AdamStep& step, std::int64_t count, const float* __restrict gradient, float* __restrict value,
          float* __restrict first, float* __restrict second, float* __restrict average)
{
    const AdamStep s = step;
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] * s.gradient_scale;
        first[i] += (1 - s.beta_1) * (g - first[i]);
        second[i] += (1 - s.beta_2) * (g * g - second[i]);
        const float size = __builtin_sqrtf(second[i] * s.correction_2) + s.eps;
        value[i] -= s.rate * (first[i] * s.correction_1 / size + s.decay * value[i]);
        average[i] += s.average_weight * (value[i] - average[i]);
    }
}

/// Blocks of 4096 in single precision, their sums in double.
double sum_of_squares(const float* values, std::int64_t count)
{
    constexpr std::int64_t block = 4096;
    double total = 0;
    for (std::int64_t start = 0; start < count; start += block) {
        const std::int64_t end = start + block < count ? start + block : count;
        Vector sum{};
        std::int64_t i = start;
        for (; i + lanes <= end; i += lanes) {
            const Vector v = load(values + i);
            sum += v * v;
        }
        double rest = 0;
        for (; i < end; ++i)
            rest += double(values[i]) * values[i];
        for (std::int64_t lane = 0; lane < lanes; ++lane)
            rest += sum[lane];
        total += rest;
    }
    return total;
}

} // namespace

extern const RowKernels LACUNA_KERNELS{norm_forward, norm_backward, sum_of_four, adam, sum_of_squares};

} // namespace lacuna::training
