// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "engine/models/network_module.h"

namespace lacuna {

/// A graph evaluated with tensor operations, one after the other, on any device: the definition of the network.
/// Differentiable in x and in the parameters.
class EagerNetwork final : public NetworkModule {
public:
    /// Throws Error{Input} naming `file` when the parameters are not those of the graph.
    EagerNetwork(NetworkGraph, StateDict parameters, const std::string& file = "The weights");

    const NetworkGraph& graph() const override { return graph_; }
    const StateDict& parameters() const { return parameters_; }

    /// Moves and converts the parameters. Single and double precision: all of them. Half and bfloat16: the
    /// convolutions of the blocks only; norms and softmax are computed in single precision, and linear layers and
    /// the output stay in it (restoration.md 1.7).
    void to(at::Device, at::ScalarType);

    Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y = {}) override;
    /// As forward; `blocks` receives the results of all named blocks.
    Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y, std::map<std::string, Tensor>& blocks);

private:
    std::vector<Tensor> evaluate(const Tensor& x, const Tensor& t, const Tensor& y, bool keep_all) const;

    NetworkGraph graph_;
    std::vector<int> last_uses_;
    StateDict parameters_;
    at::ScalarType dtype_ = at::kFloat;
};

} // namespace lacuna
