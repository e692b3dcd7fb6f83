// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX2. Compiled for them: nothing in here may be shared with other files.
#define LACUNA_LANES 8
#define LACUNA_TILES_AT_ONCE 4
#define LACUNA_KERNELS kernels_8
#include "engine/models/winograd_kernels.h"
