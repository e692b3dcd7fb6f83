// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/convolution_speed.h"

#include <algorithm>
#include <chrono>

#include "engine/core/parallel.h"
#include "engine/models/onednn.h"
#include "engine/models/threads_here.h"

namespace lacuna {

double measure_direct_convolution(int rounds)
{
    if (onednn::channel_block() == 0)
        return 0;
    constexpr int repeats = 20;
    const int threads = parallel_thread_count();
    const op::Conv conv{.in = 128, .out = 128};
    const blocked::Shape shape{128, 64, 64, onednn::channel_block()};
    double best = 0;
    onednn::guarded([&] {
        const ThreadsHere one(1);
        const auto description = onednn::convolution(conv, shape, shape, false);
        const dnnl::convolution_forward primitive(description);
        const auto work = [&](std::size_t, std::size_t) {
            const ThreadsHere only_this(1);
            const dnnl::engine& cpu = onednn::cpu();
            dnnl::stream stream(cpu);
            const std::unordered_map<int, dnnl::memory> arguments = {
                {DNNL_ARG_SRC, {description.src_desc(), cpu}},
                {DNNL_ARG_WEIGHTS, {description.weights_desc(), cpu}},
                {DNNL_ARG_BIAS, {description.bias_desc(), cpu}},
                {DNNL_ARG_DST, {description.dst_desc(), cpu}},
                {DNNL_ARG_SCRATCHPAD, {description.scratchpad_desc(), cpu}}};
            for (int i = 0; i < repeats; ++i)
                primitive.execute(stream, arguments);
            stream.wait();
        };
        for (int round = 0; round < rounds; ++round) {
            const auto start = std::chrono::steady_clock::now();
            parallel_for(static_cast<std::size_t>(threads), 1, work);
            const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
            const double operations = 2.0 * 9 * 128 * 128 * 64 * 64 * repeats * threads;
            best = std::max(best, operations / time.count() / 1e9);
        }
    });
    return best;
}

} // namespace lacuna
