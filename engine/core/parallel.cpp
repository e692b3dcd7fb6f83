// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace lacuna {

namespace {
std::atomic<int> parallel_threads = 1;
}

void set_parallel_threads(int threads)
{
    parallel_threads = std::max(1, threads);
}

int parallel_thread_count()
{
    return parallel_threads;
}

void parallel_for(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& work)
{
    if (count == 0)
        return;
    const std::size_t pieces_at_most = (count + grain - 1) / grain;
    const std::size_t threads =
        std::min<std::size_t>(static_cast<std::size_t>(parallel_threads), pieces_at_most);
    if (threads <= 1)
        return work(0, count);

    // Several pieces a thread, so that one slowed down by other programs does not hold up the rest.
    const std::size_t piece = std::max(grain, count / (8 * threads) + 1);
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto take_pieces = [&] {
        try {
            for (std::size_t begin = next.fetch_add(piece); begin < count; begin = next.fetch_add(piece))
                work(begin, std::min(count, begin + piece));
        } catch (...) {
            const std::lock_guard lock(failure_mutex);
            failure = failure ? failure : std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i)
            helpers.emplace_back(take_pieces);
        take_pieces();
    }
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace lacuna
