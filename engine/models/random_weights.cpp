// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/random_weights.h"

#include <cmath>

#include "engine/core/philox.h"

namespace lacuna {

StateDict random_weights(const ParameterShapes& shapes, std::uint64_t seed)
{
    StateDict state;
    std::uint32_t number = 0;
    for (const auto& [name, shape] : shapes) {
        const Tensor values = at::empty(shape, at::kFloat);
        standard_normals({.seed = seed, .step = number++}, values.data_ptr<float>(),
                         static_cast<std::size_t>(values.numel()));
        if (shape.size() == 1)
            values.mul_(0.1).add_(name.ends_with("weight") ? 1.0 : 0.0);
        else
            values.mul_(1 / std::sqrt(static_cast<double>(values.numel() / shape[0])));
        state[name] = values;
    }
    return state;
}

} // namespace lacuna
