// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "engine/models/blocked_kernels.h"

/// 3 x 3 convolutions with stride 1 and a border of one zero as Winograd's F(4x4, 3x3) (Lavin and Gray 2016):
/// 6 x 6 tiles of the input give 4 x 4 tiles of the output with 36 multiplications for each pair of channels in place
/// of 144. Y = A^T [(G g G^T) (B^T d B)] A for the points 0, +-5/8, +-3/2 and infinity. performance.md 2d
///
/// Every tile is computed in the same order whatever is computed beside it, so that the result does not depend on the
/// number of pictures or threads.
namespace lacuna::winograd {

struct Convolution {
    blocked::Shape in{}, out{};
    const float* weight = nullptr; ///< of transform_weight
    const float* bias = nullptr;   ///< [whole blocks of output channels]
    bool accumulate = false;       ///< add to what is in the destination
};

/// In floats.
std::size_t weight_size(const Convolution&);
/// Needed by `run`, in floats.
std::size_t scratch_size(const Convolution&, int threads);

/// `plain` [out][in][3][3] with whole blocks of channels; `transformed` of weight_size.
void transform_weight(const Convolution&, const float* plain, float* transformed);

/// One picture of the blocked layout from each of `from` to the same of `to`, by a team of threads.
void run(const Convolution&, std::span<const float* const> from, std::span<float* const> to, float* scratch,
         int threads);

/// A part of the work: tiles (row by row of one picture after the other) and groups of output channels.
struct Piece {
    std::int64_t first_tile = 0, tiles = 0;
    std::int64_t first_group = 0, groups = 0;
};

/// Blocks of output channels that are multiplied at once.
inline std::int64_t group_blocks(const Convolution& conv)
{
    return conv.out.blocks() % 2 == 0 ? 2 : 1;
}

inline std::int64_t tiles_across(const Convolution& conv)
{
    return (conv.out.width + 3) / 4;
}

inline std::int64_t tiles_of_picture(const Convolution& conv)
{
    return (conv.out.height + 3) / 4 * tiles_across(conv);
}

/// The same for pieces.
struct Kernels {
    void (*transform_weight)(const Convolution&, const float* plain, Piece groups, float* transformed);
    void (*run)(const Convolution&, const float* const* from, float* const* to, Piece, float* scratch);
};

/// For processors with vectors of 8 and of 16 numbers, which are the blocks of channels.
extern const Kernels kernels_8, kernels_16;

} // namespace lacuna::winograd
