// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace lacuna::ui {

/// Milliseconds that this thread has worked: what another program does beside the test is not counted.
inline double workedMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

} // namespace lacuna::ui
