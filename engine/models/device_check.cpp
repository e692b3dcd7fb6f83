// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/device_check.h"

#include <chrono>

#include <c10/core/GradMode.h>

#include "engine/diffusion/noise.h"
#include "engine/models/eager_network.h"
#include "engine/models/graph_replay.h"
#include "engine/models/random_weights.h"
#include "engine/models/unet_config.h"

namespace lacuna {

namespace {

constexpr int rounds = 10;

AdmConfig small_network()
{
    return {.image_size = 64,
            .num_channels = 32,
            .num_res_blocks = 1,
            .channel_mult = {1, 2, 2, 3},
            .attention_resolutions = {16, 8},
            .num_head_channels = 32,
            .learn_sigma = true,
            .resblock_updown = true};
}

EagerNetwork network_on(const at::Device& device, at::ScalarType dtype)
{
    NetworkGraph graph = adm_graph(small_network());
    StateDict weights = random_weights(parameter_shapes(graph), 5);
    EagerNetwork network(std::move(graph), std::move(weights));
    network.to(device, dtype);
    return network;
}

} // namespace

std::vector<DeviceFigure> check_device(const at::Device& device)
{
    const c10::NoGradGuard no_gradients;
    CounterNoise noise(5, {0, 1, 2, 3, 4});
    const Tensor x = noise.draw(at::empty({5, 3, 64, 64}), Purpose::Initial, 0), t = at::full({5}, 400.0f);
    EagerNetwork reference = network_on(at::kCPU, device.is_cpu() ? at::kDouble : at::kFloat);
    const Tensor expected =
        reference.forward(device.is_cpu() ? x.to(at::kDouble) : x, t).to(at::kCPU, at::kDouble);

    std::vector<std::pair<const char*, at::ScalarType>> precisions{{"float", at::kFloat}};
    if (!device.is_cpu())
        precisions.insert(precisions.end(), {{"bfloat16", at::kBFloat16}, {"half", at::kHalf}});
    std::vector<DeviceFigure> figures;
    for (const auto& [name, dtype] : precisions) {
        EagerNetwork network = network_on(device, dtype);
        GraphReplay step(
            [&](const Tensor& state, const Tensor& time) { return network.forward(state, time); });
        const Tensor there = x.to(device), time = t.to(device);
        const Tensor difference = step(there, time).to(at::kCPU, at::kDouble) - expected;
        const auto start = std::chrono::steady_clock::now();
        Tensor last;
        for (int round = 0; round < rounds; ++round)
            last = step(there, time);
        last.to(at::kCPU); // waits for all rounds
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        figures.push_back({.precision = name,
                           .relative_error = (difference.norm() / expected.norm()).item<double>(),
                           .pictures_per_second = 5 * rounds / seconds});
    }
    return figures;
}

} // namespace lacuna
