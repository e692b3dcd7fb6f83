// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "engine/models/random_weights.h"
#include "engine/models/unet_config.h"

namespace lacuna {

/// The fill of restoration.md 10.2: parameter p in sorted order has the values 0.1 sin(0.1 i + p), and one more in
/// vectors that are weights.
inline StateDict sine_parameters(const ParameterShapes& shapes)
{
    StateDict state;
    double p = 0;
    for (const auto& [name, shape] : shapes) {
        std::int64_t count = 1;
        for (const std::int64_t size : shape)
            count *= size;
        Tensor values = 0.1 * (0.1 * at::arange(count, at::kDouble) + p).sin();
        if (shape.size() == 1 && name.ends_with("weight"))
            values = values + 1;
        state[name] = values.to(at::kFloat).reshape(shape);
        p += 1;
    }
    return state;
}

inline StateDict random_parameters(const NetworkGraph& graph, std::uint64_t seed)
{
    return random_weights(parameter_shapes(graph), seed);
}

/// restoration.md 10.2, "noise(0)".
inline Tensor sine_noise(at::IntArrayRef shape)
{
    const Tensor i = at::arange(at::prod(at::tensor(shape, at::kLong)).item<std::int64_t>(), at::kDouble);
    return (std::sqrt(2.0) * (1.7 * i + 0.5).sin()).to(at::kFloat).reshape(shape);
}

/// Learned variance, attention at two of three levels, squares of 2 x 2 pixels as channels.
inline AdmConfig unshuffled_adm()
{
    return {.image_size = 64,
            .num_channels = 32,
            .num_res_blocks = 1,
            .channel_mult = {1, 1, 2},
            .attention_resolutions = {16, 8},
            .num_head_channels = 16,
            .learn_sigma = true,
            .unshuffle = 2};
}

/// Two levels, attention, residual resampling, a learned variance: "A" of restoration.md 10.2.
inline AdmConfig tiny_adm()
{
    return {.image_size = 16,
            .out_channels = 3,
            .num_channels = 32,
            .num_res_blocks = 1,
            .channel_mult = {1, 2},
            .attention_resolutions = {8},
            .num_head_channels = 16,
            .learn_sigma = true,
            .resblock_updown = true};
}

} // namespace lacuna
