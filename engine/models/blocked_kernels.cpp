// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/blocked_kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)         \
    && !defined(__SANITIZE_ADDRESS__)
#define LACUNA_CLONES [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define LACUNA_CLONES
#endif

namespace lacuna::blocked {

namespace {

/// Vectors of this many numbers are worked on at once: two pixels of 8 channels, or one of 16.
constexpr std::int64_t lanes = 16;
using Lanes = std::array<float, lanes>;

/// exp(x) within 2 units of the last place: 2^n times a polynomial on [-1/2, 1/2].
[[gnu::always_inline]] inline float exponential(float x)
{
    const float y = std::min(std::max(x, -87.0f), 88.0f) * 1.44269504f;
    const float n = (y + 12582912.0f) - 12582912.0f; // the nearest integer
    const float r = y - n;
    float p = 1.535336188319500e-4f;
    p = p * r + 1.339887440266574e-3f;
    p = p * r + 9.618437357674640e-3f;
    p = p * r + 5.550332471162809e-2f;
    p = p * r + 2.402264791363012e-1f;
    p = p * r + 6.931472028550421e-1f;
    p = p * r + 1.0f;
    return p * std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
}

/// Sums of x - first and of its square for each lane.
LACUNA_CLONES void lane_sums(const float* x, std::size_t count, const float* first, double* sums,
                             double* squares)
{
    std::size_t i = 0;
    while (i < count) {
        float s[lanes] = {}, q[lanes] = {};
        const std::size_t end = std::min(count, i + 64 * lanes);
        for (; i + 8 * lanes <= end; i += 8 * lanes)
            for (std::int64_t l = 0; l < lanes; ++l) {
                float sum = 0, square = 0; // stay in registers
                for (std::int64_t k = 0; k < 8; ++k) {
                    const float d = x[i + static_cast<std::size_t>(k * lanes + l)] - first[l];
                    sum += d;
                    square += d * d;
                }
                s[l] += sum;
                q[l] += square;
            }
        for (; i + lanes <= end; i += lanes)
            for (std::int64_t l = 0; l < lanes; ++l) {
                const float d = x[i + static_cast<std::size_t>(l)] - first[l];
                s[l] += d;
                q[l] += d * d;
            }
        for (std::int64_t l = 0; i < end; ++i, ++l) {
            const float d = x[i] - first[l];
            s[l] += d;
            q[l] += d * d;
        }
        for (std::int64_t l = 0; l < lanes; ++l) {
            sums[l] += static_cast<double>(s[l]);
            squares[l] += static_cast<double>(q[l]);
        }
    }
}

/// For each lane: y = scale (x - centre) + shift.
struct Affine {
    Lanes centre, scale, shift;
};

LACUNA_CLONES void apply(const float* x, float* y, std::size_t count, const Affine& affine)
{
    const Lanes centre = affine.centre, scale = affine.scale, shift = affine.shift;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        float v[lanes]; // x and y may be the same
        for (std::size_t l = 0; l < lanes; ++l)
            v[l] = scale[l] * (x[i + l] - centre[l]) + shift[l];
        for (std::size_t l = 0; l < lanes; ++l)
            y[i + l] = v[l];
    }
    for (std::size_t l = 0; i < count; ++i, ++l)
        y[i] = scale[l] * (x[i] - centre[l]) + shift[l];
}

/// In pieces that stay in the first cache.
LACUNA_CLONES void silu(float* x, std::size_t count)
{
    constexpr std::size_t piece = 256;
    float v[piece];
    std::size_t i = 0;
    for (; i + piece <= count; i += piece) {
        for (std::size_t k = 0; k < piece; ++k)
            v[k] = x[i + k] / (1.0f + exponential(-x[i + k]));
        for (std::size_t k = 0; k < piece; ++k)
            x[i + k] = v[k];
    }
    for (; i < count; ++i)
        x[i] = x[i] / (1.0f + exponential(-x[i]));
}

LACUNA_CLONES void softmax_row(float* row, std::int64_t width, float scale)
{
    float most[lanes], sums[lanes] = {};
    std::fill_n(most, lanes, row[0]);
    std::int64_t i = 0;
    for (; i + lanes <= width; i += lanes)
        for (std::int64_t l = 0; l < lanes; ++l)
            most[l] = most[l] < row[i + l] ? row[i + l] : most[l];
    float largest = *std::max_element(most, most + lanes);
    for (; i < width; ++i)
        largest = std::max(largest, row[i]);
    const float shift = scale * largest;
    for (i = 0; i + lanes <= width; i += lanes)
        for (std::int64_t l = 0; l < lanes; ++l) {
            const float e = exponential(scale * row[i + l] - shift);
            row[i + l] = e;
            sums[l] += e;
        }
    for (std::int64_t l = 0; i < width; ++i, ++l) {
        row[i] = exponential(scale * row[i] - shift);
        sums[l] += row[i];
    }
    float sum = 0;
    for (const float s : sums)
        sum += s;
    const float factor = 1 / sum;
    for (i = 0; i < width; ++i)
        row[i] *= factor;
}

LACUNA_CLONES float dot(const float* a, const float* b, std::int64_t count)
{
    float sums[lanes] = {};
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t l = 0; l < lanes; ++l)
            sums[l] += a[i + l] * b[i + l];
    for (std::int64_t l = 0; i < count; ++i, ++l)
        sums[l] += a[i] * b[i];
    float sum = 0;
    for (const float s : sums)
        sum += s;
    return sum;
}

/// One block of channels of all pixels at a time, by a team of threads.
template <class Work> void for_blocks(std::int64_t blocks, int threads, const Work& work)
{
#pragma omp parallel for num_threads(threads) if (threads > 1) schedule(static)
    for (std::int64_t b = 0; b < blocks; ++b)
        work(b);
}

/// Mean and variance of every channel about its own first value.
struct ChannelMoments {
    std::vector<double> first, sum, square;
};

ChannelMoments channel_moments(const GroupNorm& norm, const float* in)
{
    const Shape& shape = norm.shape;
    const auto channels = static_cast<std::size_t>(shape.blocks() * shape.block);
    ChannelMoments moments{std::vector<double>(channels), std::vector<double>(channels),
                           std::vector<double>(channels)};
    for_blocks(shape.blocks(), norm.threads, [&](std::int64_t b) {
        const float* x = in + static_cast<std::size_t>(b) * shape.block_size();
        Lanes first;
        double sums[lanes] = {}, squares[lanes] = {};
        for (std::int64_t l = 0; l < lanes; ++l)
            first[static_cast<std::size_t>(l)] = x[l % shape.block];
        lane_sums(x, shape.block_size(), first.data(), sums, squares);
        for (std::int64_t l = 0; l < lanes; ++l) {
            const auto c = static_cast<std::size_t>(b * shape.block + l % shape.block);
            moments.first[c] = static_cast<double>(x[l % shape.block]);
            moments.sum[c] += sums[l];
            moments.square[c] += squares[l];
        }
    });
    return moments;
}

/// y = scale (x - centre) + shift for every channel. The centre is the mean: a product of two large numbers that
/// cancel would cost digits where the variance is small.
struct Coefficients {
    std::vector<float> centre, scale, shift;
};

Coefficients coefficients(const GroupNorm& norm, const ChannelMoments& moments)
{
    const auto channels = static_cast<std::size_t>(norm.shape.channels), group = channels / 32;
    const double pixels = static_cast<double>(norm.shape.pixels());
    const std::vector<float> zeros(moments.first.size());
    Coefficients result{zeros, zeros, zeros};
    for (std::size_t begin = 0; begin < channels; begin += group) {
        const auto offset = [&](std::size_t c) {
            return moments.first[c] + (norm.added ? static_cast<double>(norm.added[c]) : 0);
        };
        const double n = pixels * static_cast<double>(group);
        double mean = 0, variance = 0;
        for (std::size_t c = begin; c < begin + group; ++c)
            mean += (moments.sum[c] + pixels * offset(c)) / n;
        for (std::size_t c = begin; c < begin + group; ++c) {
            const double d = offset(c) - mean;
            variance += (moments.square[c] + 2 * d * moments.sum[c] + pixels * d * d) / n;
        }
        const double inverse = 1 / std::sqrt(std::max(variance, 0.0) + norm.eps);
        for (std::size_t c = begin; c < begin + group; ++c) {
            double scale = inverse * static_cast<double>(norm.weight[c]);
            const double centre = mean - (norm.added ? static_cast<double>(norm.added[c]) : 0);
            result.centre[c] = static_cast<float>(centre);
            double shift =
                scale * (static_cast<double>(result.centre[c]) - centre) + static_cast<double>(norm.bias[c]);
            if (norm.scale_by) {
                const double factor = 1 + static_cast<double>(norm.scale_by[c]);
                scale *= factor;
                shift = shift * factor + static_cast<double>(norm.shift_by[c]);
            }
            result.scale[c] = static_cast<float>(scale);
            result.shift[c] = static_cast<float>(shift);
        }
    }
    return result;
}

} // namespace

void group_norm(const GroupNorm& norm, const float* in, float* out)
{
    const Shape& shape = norm.shape;
    const Coefficients k = coefficients(norm, channel_moments(norm, in));
    for_blocks(shape.blocks(), norm.threads, [&](std::int64_t b) {
        const std::size_t at = static_cast<std::size_t>(b) * shape.block_size();
        Affine affine;
        for (std::size_t l = 0; l < lanes; ++l) {
            const std::size_t c =
                static_cast<std::size_t>(b * shape.block) + l % static_cast<std::size_t>(shape.block);
            affine.centre[l] = k.centre[c];
            affine.scale[l] = k.scale[c];
            affine.shift[l] = k.shift[c];
        }
        constexpr std::size_t piece = 1024;
        for (std::size_t i = 0; i < shape.block_size(); i += piece) {
            const std::size_t count = std::min(piece, shape.block_size() - i);
            apply(in + at + i, out + at + i, count, affine);
            if (norm.silu)
                silu(out + at + i, count);
        }
    });
}

void pack(const float* plain, float* out, const Shape& shape)
{
    for (std::int64_t b = 0; b < shape.blocks(); ++b)
        for (std::int64_t l = 0; l < shape.block; ++l) {
            const std::int64_t c = b * shape.block + l, pixels = shape.pixels();
            float* to = out + static_cast<std::size_t>(b) * shape.block_size() + l;
            for (std::int64_t p = 0; p < pixels; ++p)
                to[p * shape.block] = c < shape.channels ? plain[c * pixels + p] : 0;
        }
}

void unpack(const float* in, float* plain, const Shape& shape)
{
    for (std::int64_t c = 0; c < shape.channels; ++c) {
        const float* from =
            in + static_cast<std::size_t>(c / shape.block) * shape.block_size() + c % shape.block;
        for (std::int64_t p = 0; p < shape.pixels(); ++p)
            plain[c * shape.pixels() + p] = from[p * shape.block];
    }
}

namespace {

/// Address of the first pixel of channel c.
template <class Float> Float* channel(Float* values, const Shape& shape, std::int64_t c)
{
    return values + static_cast<std::size_t>(c / shape.block) * shape.block_size() + c % shape.block;
}

/// Calls visit(channel of small, channel of large, place in the former, place in the latter) for every value.
template <class Visit>
void for_squares(const Shape& small, const Shape& large, std::int64_t side, Visit visit)
{
    for (std::int64_t c = 0; c < small.channels; ++c) {
        const std::int64_t i = c / side % side, j = c % side;
        for (std::int64_t y = 0; y < small.height; ++y)
            for (std::int64_t x = 0; x < small.width; ++x)
                visit(c, c / (side * side), (y * small.width + x) * small.block,
                      ((side * y + i) * large.width + side * x + j) * large.block);
    }
}

} // namespace

void pixel_unshuffle(const float* in, float* out, const Shape& shape, int side)
{
    const Shape small{shape.channels * side * side, shape.height / side, shape.width / side, shape.block};
    std::fill_n(out, small.size(), 0.0f);
    for_squares(small, shape, side, [&](auto many, auto one, std::int64_t to, std::int64_t from) {
        channel(out, small, many)[to] = channel(in, shape, one)[from];
    });
}

void pixel_shuffle(const float* in, float* out, const Shape& shape, int side)
{
    const Shape large{shape.channels / (side * side), shape.height * side, shape.width * side, shape.block};
    std::fill_n(out, large.size(), 0.0f);
    for_squares(shape, large, side, [&](auto many, auto one, std::int64_t from, std::int64_t to) {
        channel(out, large, one)[to] = channel(in, shape, many)[from];
    });
}

LACUNA_CLONES void add(const float* in, float* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] += in[i];
}

void upsample(const float* in, float* out, const Shape& shape, int threads)
{
    const std::int64_t block = shape.block, row = shape.width * block;
    for_blocks(shape.blocks(), threads, [&](std::int64_t b) {
        for (std::int64_t y = 0; y < shape.height; ++y) {
            const float* from = in + (b * shape.height + y) * row;
            float* to = out + 4 * b * shape.height * row + 4 * y * row;
            for (std::int64_t x = 0; x < shape.width; ++x)
                for (std::int64_t copy = 0; copy < 2; ++copy)
                    std::copy_n(from + x * block, block, to + (2 * x + copy) * block);
            std::copy_n(to, 2 * row, to + 2 * row);
        }
    });
}

void average_pool(const float* in, float* out, const Shape& shape, int threads)
{
    const std::int64_t block = shape.block, row = shape.width * block;
    const std::int64_t height = shape.height / 2, width = shape.width / 2;
    for_blocks(shape.blocks(), threads, [&](std::int64_t b) {
        for (std::int64_t y = 0; y < height; ++y)
            for (std::int64_t x = 0; x < width; ++x) {
                const float* from = in + (b * shape.height + 2 * y) * row + 2 * x * block;
                float* to = out + ((b * height + y) * width + x) * block;
                for (std::int64_t l = 0; l < block; ++l)
                    to[l] = 0.25f * ((from[l] + from[block + l]) + (from[row + l] + from[row + block + l]));
            }
    });
}

void softmax(float* values, std::int64_t rows, std::int64_t width, float scale)
{
    for (std::int64_t row = 0; row < rows; ++row)
        softmax_row(values + row * width, width, scale);
}

void gather(const float* in, float* matrix, const Shape& shape, std::int64_t first, std::int64_t count)
{
    // Runs of channels that lie side by side.
    for (std::int64_t c = first; c < first + count;) {
        const std::int64_t lane = c % shape.block, run = std::min(shape.block - lane, first + count - c);
        const float* from = in + static_cast<std::size_t>(c / shape.block) * shape.block_size() + lane;
        for (std::int64_t p = 0; p < shape.pixels(); ++p)
            std::copy_n(from + p * shape.block, run, matrix + p * count + (c - first));
        c += run;
    }
}

void scatter(const float* matrix, float* out, const Shape& shape, std::int64_t first, std::int64_t count)
{
    for (std::int64_t c = first; c < first + count;) {
        const std::int64_t lane = c % shape.block, run = std::min(shape.block - lane, first + count - c);
        float* to = out + static_cast<std::size_t>(c / shape.block) * shape.block_size() + lane;
        for (std::int64_t p = 0; p < shape.pixels(); ++p)
            std::copy_n(matrix + p * count + (c - first), run, to + p * shape.block);
        c += run;
    }
}

void linear(const float* weight, const float* bias, const float* in, float* out, std::int64_t outputs,
            std::int64_t inputs)
{
    for (std::int64_t o = 0; o < outputs; ++o)
        out[o] = bias[o] + dot(weight + o * inputs, in, inputs);
}

} // namespace lacuna::blocked
