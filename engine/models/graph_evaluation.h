// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/models/network_graph.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// Values of all nodes in their order, each as `value_of` makes it from its inputs. Unless `keep_all`, a value is let go
/// after its last reader, `last_uses` of the graph; the output stays.
std::vector<Tensor> evaluate_nodes(const NetworkGraph&, const std::vector<int>& last_uses, bool keep_all,
                                   const std::function<Tensor(const Node&, std::vector<Tensor>)>& value_of);

/// The operations that all evaluations with tensor operations do alike. An evaluation derives from it, adds the others
/// and visits the operation of a node with `apply` after `enter`.
class CommonOperations {
public:
    /// All are kept by reference. x [N,C,H,W], t [N], y [N] or undefined; `dtype` of the pictures in the network.
    CommonOperations(const StateDict& parameters, const Tensor& x, const Tensor& t, const Tensor& y,
                     at::ScalarType dtype);

protected:
    void enter(const Node& node, std::vector<Tensor> inputs);
    const Tensor& parameter(const char* suffix) const { return parameters_.at(node_->key + suffix); }

    /// In single precision, in a network of double precision in that.
    Tensor apply(const op::TimestepEmbedding&) const;
    Tensor apply(const op::LabelEmbedding&) const;
    Tensor apply(const op::Linear&) const;
    Tensor apply(const op::AveragePool&) const;
    Tensor apply(const op::PixelUnshuffle&) const;
    Tensor apply(const op::PixelShuffle&) const;
    Tensor apply(const op::Add&) const;
    Tensor apply(const op::FirstToken&) const;

    const StateDict& parameters_;
    const Tensor &x_, &t_, &y_;
    at::ScalarType dtype_;
    const Node* node_ = nullptr;
    std::vector<Tensor> inputs_{};
};

} // namespace lacuna
