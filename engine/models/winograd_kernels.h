// SPDX-License-Identifier: GPL-3.0-or-later
// The inner loops of winograd.h, included once for each kind of processor with
// LACUNA_LANES: numbers in a vector, which are the channels of a block
// LACUNA_TILES_AT_ONCE: tiles that are multiplied in registers
// LACUNA_KERNELS: the name of the table
#pragma once

#include "engine/models/winograd.h"

namespace lacuna::winograd {

namespace {

constexpr std::int64_t lanes = LACUNA_LANES, tiles_at_once = LACUNA_TILES_AT_ONCE;
using Vector [[gnu::vector_size(lanes * sizeof(float))]] = float;
using Unaligned [[gnu::vector_size(lanes * sizeof(float)), gnu::aligned(sizeof(float)), gnu::may_alias]] =
    float;

/// The points of the interpolation are 0, +-a, +-b and infinity.
constexpr float a = 0.625f, b = 1.5f;
constexpr float aa = a * a, bb = b * b;

inline Vector load(const float* from)
{
    return *reinterpret_cast<const Unaligned*>(from);
}

inline void store(float* to, const Vector& v)
{
    *reinterpret_cast<Unaligned*>(to) = v;
}

/// B^T d: row p of B^T has the coefficients of the product of (x - q) over all other points q.
inline void input_transform(const Vector* d, int step, Vector* r, int result_step)
{
    const Vector even_a = d[4 * step] - bb * d[2 * step], odd_a = d[3 * step] - bb * d[step];
    const Vector even_b = d[4 * step] - aa * d[2 * step], odd_b = d[3 * step] - aa * d[step];
    r[0] = (aa * bb) * d[0] + (d[4 * step] - (aa + bb) * d[2 * step]);
    r[result_step] = even_a + a * odd_a;
    r[2 * result_step] = even_a - a * odd_a;
    r[3 * result_step] = even_b + b * odd_b;
    r[4 * result_step] = even_b - b * odd_b;
    r[5 * result_step] = (aa * bb) * d[step] + (d[5 * step] - (aa + bb) * d[3 * step]);
}

/// G g: row p of G is (1, p, p^2) over the product of (p - q) over all other points q.
inline void weight_transform(const Vector* g, int step, Vector* r, int result_step)
{
    constexpr float at_0 = 1 / (aa * bb), at_a = 1 / (2 * aa * (aa - bb)), at_b = 1 / (2 * bb * (bb - aa));
    const Vector even_a = at_a * (g[0] + aa * g[2 * step]), odd_a = (at_a * a) * g[step];
    const Vector even_b = at_b * (g[0] + bb * g[2 * step]), odd_b = (at_b * b) * g[step];
    r[0] = at_0 * g[0];
    r[result_step] = even_a + odd_a;
    r[2 * result_step] = even_a - odd_a;
    r[3 * result_step] = even_b + odd_b;
    r[4 * result_step] = even_b - odd_b;
    r[5 * result_step] = g[2 * step];
}

/// A^T m: row i of A^T has the powers p^i, and infinity in the last one.
inline void output_transform(const Vector* m, int step, Vector* y, int result_step)
{
    const Vector sum_a = m[step] + m[2 * step], difference_a = m[step] - m[2 * step];
    const Vector sum_b = m[3 * step] + m[4 * step], difference_b = m[3 * step] - m[4 * step];
    y[0] = m[0] + (sum_a + sum_b);
    y[result_step] = a * difference_a + b * difference_b;
    y[2 * result_step] = aa * sum_a + bb * sum_b;
    y[3 * result_step] = (a * aa) * difference_a + ((b * bb) * difference_b + m[5 * step]);
}

/// Where a tile is: its picture and the first pixel of its result.
struct Tile {
    std::int64_t picture, y, x;
};

inline Tile tile_at(const Convolution& conv, std::int64_t number)
{
    const std::int64_t of_picture = tiles_of_picture(conv), across = tiles_across(conv);
    const std::int64_t inside = number % of_picture;
    return {number / of_picture, 4 * (inside / across), 4 * (inside % across)};
}

/// One block of channels of a tile to its 36 parts, which are `part` floats apart.
inline void transform_tile(const float* block, const blocked::Shape& shape, const Tile& tile, float* to,
                           std::int64_t part)
{
    const std::int64_t top = tile.y - 1, left = tile.x - 1, height = shape.height, width = shape.width;
    Vector d[36], columns[36];
    if (top >= 0 && left >= 0 && top + 6 <= height && left + 6 <= width) {
        for (int y = 0; y < 6; ++y)
#pragma GCC unroll 6
            for (int x = 0; x < 6; ++x)
                d[6 * y + x] = load(block + ((top + y) * width + left + x) * lanes);
    } else {
        for (int y = 0; y < 6; ++y)
            for (int x = 0; x < 6; ++x) {
                const bool inside = top + y >= 0 && top + y < height && left + x >= 0 && left + x < width;
                d[6 * y + x] = inside ? load(block + ((top + y) * width + left + x) * lanes) : Vector{};
            }
    }
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x)
        input_transform(d + x, 6, columns + x, 6);
#pragma GCC unroll 6
    for (int y = 0; y < 6; ++y) {
        Vector row[6];
        input_transform(columns + 6 * y, 1, row, 1);
#pragma GCC unroll 6
        for (int x = 0; x < 6; ++x)
            store(to + (6 * y + x) * part, row[x]);
    }
}

/// Back from the 36 parts of one block of channels to the pixels of the tile that are in the picture.
inline void finish_tile(const float* from, std::int64_t part, const float* bias, bool accumulate,
                        const blocked::Shape& shape, const Tile& tile, float* block)
{
    Vector columns[24];
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x) {
        Vector column[6];
#pragma GCC unroll 6
        for (int y = 0; y < 6; ++y)
            column[y] = load(from + (6 * y + x) * part);
        output_transform(column, 1, columns + x, 6);
    }
#pragma GCC unroll 4
    for (int y = 0; y < 4; ++y) {
        Vector row[4];
        output_transform(columns + 6 * y, 1, row, 1);
        if (tile.y + y >= shape.height)
            break;
        for (int x = 0; x < 4 && tile.x + x < shape.width; ++x) {
            float* const pixel = block + ((tile.y + y) * shape.width + tile.x + x) * lanes;
            const Vector value = row[x] + load(bias);
            store(pixel, accumulate ? load(pixel) + value : value);
        }
    }
}

/// products[tile][output] = sum over input channels of v[tile][input] u[input][output] for one of the 36 parts.
/// `v_block` floats lie between blocks of input channels.
template <int tiles, int outputs>
inline void multiply(const float* v, const float* u, std::int64_t blocks, std::int64_t v_block,
                     float* products)
{
    constexpr std::int64_t row = outputs * lanes;
    constexpr std::int64_t ahead =
        1024; // floats that are asked for early: the weights often come from main memory
    Vector sums[tiles][outputs] = {};
    for (std::int64_t block = 0; block < blocks; ++block, v += v_block, u += lanes * row)
#pragma GCC unroll 4
        for (std::int64_t c = 0; c < lanes; ++c) {
            Vector weights[outputs];
#pragma GCC unroll 2
            for (int k = 0; k < outputs; ++k) {
                weights[k] = load(u + c * row + k * lanes);
                __builtin_prefetch(u + c * row + k * lanes + ahead);
            }
#pragma GCC unroll 8
            for (int t = 0; t < tiles; ++t)
#pragma GCC unroll 2
                for (int k = 0; k < outputs; ++k)
                    sums[t][k] += v[t * lanes + c] * weights[k];
        }
#pragma GCC unroll 8
    for (int t = 0; t < tiles; ++t)
#pragma GCC unroll 2
        for (int k = 0; k < outputs; ++k)
            store(products + (t * outputs + k) * lanes, sums[t][k]);
}

/// Weights: [36][group][input channel][blocks of the group][lanes].
inline std::int64_t weight_offset(const Convolution& conv, std::int64_t part, std::int64_t group)
{
    const std::int64_t in_channels = conv.in.blocks() * lanes, width = group_blocks(conv) * lanes;
    return (part * (conv.out.blocks() * lanes / width) + group) * in_channels * width;
}

template <int outputs>
void run_groups(const Convolution& conv, const float* const* from, float* const* to, Piece piece,
                float* scratch)
{
    const std::int64_t whole = (piece.tiles + tiles_at_once - 1) / tiles_at_once * tiles_at_once;
    // [36][block of input channels][tile][lanes] and [36][group][tile][outputs][lanes]
    const std::int64_t v_block = whole * lanes, v_part = conv.in.blocks() * v_block + lanes;
    const std::int64_t m_group = whole * outputs * lanes, m_part = piece.groups * m_group + lanes;
    float *const v = scratch, *const m = v + 36 * v_part;

    for (std::int64_t t = 0; t < whole; ++t) {
        const Tile tile = tile_at(conv, piece.first_tile + t);
        for (std::int64_t c = 0; c < conv.in.blocks(); ++c) {
            float* const place = v + c * v_block + t * lanes;
            if (t < piece.tiles)
                transform_tile(from[tile.picture] + c * conv.in.pixels() * lanes, conv.in, tile, place,
                               v_part);
            else
                for (int part = 0; part < 36; ++part)
                    store(place + part * v_part, Vector{});
        }
    }
    for (int part = 0; part < 36; ++part)
        for (std::int64_t g = 0; g < piece.groups; ++g) {
            const float* const u = conv.weight + weight_offset(conv, part, piece.first_group + g);
            for (std::int64_t t = 0; t < piece.tiles; t += tiles_at_once) {
                const float* const tiles = v + part * v_part + t * lanes;
                float* const products = m + part * m_part + g * m_group + t * outputs * lanes;
                if (piece.tiles - t > tiles_at_once / 2)
                    multiply<tiles_at_once, outputs>(tiles, u, conv.in.blocks(), v_block, products);
                else
                    multiply<tiles_at_once / 2, outputs>(tiles, u, conv.in.blocks(), v_block, products);
            }
        }
    for (std::int64_t t = 0; t < piece.tiles; ++t) {
        const Tile tile = tile_at(conv, piece.first_tile + t);
        for (std::int64_t g = 0; g < piece.groups; ++g)
            for (int k = 0; k < outputs; ++k) {
                const std::int64_t block = (piece.first_group + g) * outputs + k;
                finish_tile(m + g * m_group + (t * outputs + k) * lanes, m_part, conv.bias + block * lanes,
                            conv.accumulate, conv.out, tile,
                            to[tile.picture] + block * conv.out.pixels() * lanes);
            }
    }
}

inline void run_piece(const Convolution& conv, const float* const* from, float* const* to, Piece piece,
                      float* scratch)
{
    if (group_blocks(conv) == 2)
        run_groups<2>(conv, from, to, piece, scratch);
    else
        run_groups<1>(conv, from, to, piece, scratch);
}

inline void transform_weights(const Convolution& conv, const float* plain, Piece piece, float* transformed)
{
    const std::int64_t inputs = conv.in.blocks() * lanes, blocks = group_blocks(conv);
    for (std::int64_t g = piece.first_group; g < piece.first_group + piece.groups; ++g)
        for (std::int64_t c = 0; c < inputs; ++c)
            for (std::int64_t k = 0; k < blocks; ++k) {
                Vector weights[9], columns[18], row[6];
                for (std::int64_t l = 0; l < lanes; ++l)
                    for (int i = 0; i < 9; ++i)
                        weights[i][l] = plain[(((g * blocks + k) * lanes + l) * inputs + c) * 9 + i];
                for (int x = 0; x < 3; ++x)
                    weight_transform(weights + x, 3, columns + x, 3);
                for (int y = 0; y < 6; ++y) {
                    weight_transform(columns + 3 * y, 1, row, 1);
                    for (int x = 0; x < 6; ++x)
                        store(transformed + weight_offset(conv, 6 * y + x, g) + (c * blocks + k) * lanes,
                              row[x]);
                }
            }
}

} // namespace

extern const Kernels LACUNA_KERNELS{transform_weights, run_piece};

} // namespace lacuna::winograd
