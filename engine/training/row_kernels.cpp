// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/row_kernels.h"

namespace lacuna::training {

const RowKernels& row_kernels()
{
#if defined(__x86_64__)
    static const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                             && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return wide ? row_kernels_16 : row_kernels_8;
#else
    return row_kernels_8;
#endif
}

} // namespace lacuna::training
