// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace lacuna {

/// Threads that parallel_for uses in this process, at least 1.
void set_parallel_threads(int threads);
int parallel_thread_count();

/// Calls work(begin, end) for pieces of [0, count) of at least `grain`, on several threads, and waits for all.
/// Which thread takes which piece is left open: pieces must not depend on each other. Waiting threads sleep; OpenMP's
/// would spin, which costs a desktop that is busy with other things dearly. The first exception is thrown again.
void parallel_for(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& work);

} // namespace lacuna
