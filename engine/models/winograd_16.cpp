// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX-512. Compiled for them: nothing in here may be shared with other files.
#define LACUNA_LANES 16
#define LACUNA_TILES_AT_ONCE 8
#include "engine/models/winograd_kernels.h"

namespace lacuna::winograd {

void transform_weight_16(const Convolution& conv, const float* plain, Piece groups, float* transformed)
{
    transform_weights(conv, plain, groups, transformed);
}

void run_16(const Convolution& conv, const float* const* from, float* const* to, Piece piece, float* scratch)
{
    run_piece(conv, from, to, piece, scratch);
}

} // namespace lacuna::winograd
