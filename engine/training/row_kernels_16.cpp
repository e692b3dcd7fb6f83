// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX-512. Compiled for them: nothing in here may be shared with other files.
#define LACUNA_LANES 16
#define LACUNA_KERNELS row_kernels_16
#include "engine/training/row_kernels_here.h"
