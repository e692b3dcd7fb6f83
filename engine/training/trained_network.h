// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/models/network_module.h"

namespace lacuna::training {

/// A graph that is evaluated to be trained: as EagerNetwork, but the parameters stay in single precision and are
/// rounded where they are used, pictures are channels-last, and norms run in one piece. Differentiable in the
/// parameters.
class TrainedNetwork final : public NetworkModule {
public:
    /// `parameters` are read at every evaluation, so they may be changed in place. `dtype`: of the convolutions of
    /// the blocks, float or bfloat16; norms, softmax, linear layers and the output are in single precision.
    TrainedNetwork(NetworkGraph, StateDict parameters, at::ScalarType dtype);

    const NetworkGraph& graph() const override { return graph_; }
    Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y = {}) override;

private:
    NetworkGraph graph_;
    std::vector<int> last_uses_;
    StateDict parameters_;
    at::ScalarType dtype_;
};

} // namespace lacuna::training
