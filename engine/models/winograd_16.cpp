// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX-512. Compiled for them: nothing in here may be shared with other files.
#define LACUNA_LANES 16
#define LACUNA_TILES_AT_ONCE 8
#define LACUNA_KERNELS kernels_16
#include "engine/models/winograd_kernels.h"
