// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startup.h"

#include <cstdlib>

#include <malloc.h>
#include <unistd.h>

namespace lacuna {

namespace {

/// Sets a variable the user did not set; true if that changed anything.
bool set_default(const char* name, const char* value)
{
    return !std::getenv(name) && setenv(name, value, 0) == 0;
}

bool has_avx512()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

} // namespace

void prepare_process(char** argv)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);

    constexpr const char* mark = "LACUNA_STARTED";
    if (std::getenv(mark))
        return;
    bool changed = !std::getenv("OMP_WAIT_POLICY") && set_default("GOMP_SPINCOUNT", "1000");
    if (has_avx512())
        changed = set_default("OPENBLAS_CORETYPE", "SkylakeX") || changed;
    if (changed && setenv(mark, "1", 1) == 0)
        execv("/proc/self/exe", argv); // returns only where that is impossible; then we go on as we are
}

} // namespace lacuna
