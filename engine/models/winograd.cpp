// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/winograd.h"

#include <algorithm>

#include <omp.h>

#include "engine/core/parallel.h"

namespace lacuna::winograd {

namespace {

constexpr std::int64_t most_tiles = 32;

/// Tiles at once: more read the weights less often, fewer stay in the second cache.
std::int64_t piece_tiles(const Convolution& conv, std::int64_t tiles)
{
    const bool small = (conv.in.blocks() + conv.out.blocks()) * conv.in.block <= 128;
    return small || tiles <= most_tiles ? most_tiles : most_tiles / 2;
}

/// Both transforms of a piece, with one vector between the 36 parts so that they do not compete for the same lines
/// of the cache.
std::size_t thread_scratch(const Convolution& conv)
{
    const std::int64_t vectors = most_tiles * (conv.in.blocks() + conv.out.blocks()) + 2;
    return static_cast<std::size_t>(36 * vectors * conv.in.block);
}

const Kernels& kernels_of(const Convolution& conv)
{
    return conv.in.block == 16 ? kernels_16 : kernels_8;
}

} // namespace

std::size_t weight_size(const Convolution& conv)
{
    const std::int64_t block = conv.in.block;
    return static_cast<std::size_t>(36 * conv.in.blocks() * block * conv.out.blocks() * block);
}

std::size_t scratch_size(const Convolution& conv, int threads)
{
    return thread_scratch(conv) * static_cast<std::size_t>(threads);
}

void transform_weight(const Convolution& conv, const float* plain, float* transformed)
{
    const auto transform = kernels_of(conv).transform_weight;
    const auto groups = static_cast<std::size_t>(conv.out.blocks() / group_blocks(conv));
    parallel_for(groups, 1, [&](std::size_t begin, std::size_t end) {
        transform(conv, plain,
                  {.first_group = static_cast<std::int64_t>(begin),
                   .groups = static_cast<std::int64_t>(end - begin)},
                  transformed);
    });
}

void run(const Convolution& conv, std::span<const float* const> from, std::span<float* const> to,
         float* scratch, int threads)
{
    const auto work = kernels_of(conv).run;
    const std::int64_t tiles = tiles_of_picture(conv) * static_cast<std::int64_t>(from.size());
    const std::int64_t groups = conv.out.blocks() / group_blocks(conv);
    // A team shares the tiles, or the output channels when there are few tiles.
    const std::int64_t width = piece_tiles(conv, tiles);
    const std::int64_t parts =
        threads > 1 && tiles < threads * width ? std::min<std::int64_t>(threads, groups) : 1;
    const std::int64_t pieces = (tiles + width - 1) / width * parts;
#pragma omp parallel for num_threads(threads) if (threads > 1) schedule(dynamic, 1)
    for (std::int64_t i = 0; i < pieces; ++i) {
        const std::int64_t tile = i / parts * width, part = i % parts;
        const std::int64_t first_group = groups * part / parts, end_group = groups * (part + 1) / parts;
        work(conv, from.data(), to.data(),
             {tile, std::min(width, tiles - tile), first_group, end_group - first_group},
             scratch
                 + static_cast<std::size_t>(threads > 1 ? omp_get_thread_num() : 0) * thread_scratch(conv));
    }
}

} // namespace lacuna::winograd
