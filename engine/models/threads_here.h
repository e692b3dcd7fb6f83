// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <omp.h>

namespace lacuna {

/// The number of threads that OpenMP uses for the calling thread, for the duration of a block.
class ThreadsHere {
public:
    explicit ThreadsHere(int threads) : before_(omp_get_max_threads()) { omp_set_num_threads(threads); }
    ~ThreadsHere() { omp_set_num_threads(before_); }
    ThreadsHere(const ThreadsHere&) = delete;
    ThreadsHere& operator=(const ThreadsHere&) = delete;

private:
    int before_;
};

} // namespace lacuna
