// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startup.h"

#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <malloc.h>

namespace lacuna {

namespace {

bool has_avx512()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

/// OpenBLAS 0.3.21 takes new processors for a Prescott of 2004 and computes five times slower. Its own symbols let
/// it choose again, in the process, before the first product.
void choose_blas_kernels()
{
    const auto core_name = reinterpret_cast<char* (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
    const auto quit = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "gotoblas_dynamic_quit"));
    const auto init = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "gotoblas_dynamic_init"));
    if (!core_name || !quit || !init || std::getenv("OPENBLAS_CORETYPE") || !has_avx512()
        || std::strcmp(core_name(), "Prescott") != 0)
        return;
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
    quit();
    init();
}

} // namespace

void prepare_process()
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
    choose_blas_kernels();
}

} // namespace lacuna
