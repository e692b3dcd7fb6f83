// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/graph_evaluation.h"

#include <utility>

namespace lacuna {

std::vector<Tensor> evaluate_nodes(const NetworkGraph& graph, const std::vector<int>& last_uses,
                                   bool keep_all,
                                   const std::function<Tensor(const Node&, std::vector<Tensor>)>& value_of)
{
    std::vector<Tensor> values(graph.nodes.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Node& node = graph.nodes[i];
        std::vector<Tensor> inputs;
        for (const int index : node.inputs)
            inputs.push_back(values[static_cast<std::size_t>(index)]);
        values[i] = value_of(node, std::move(inputs));
        if (keep_all)
            continue;
        for (const int index : node.inputs)
            if (last_uses[static_cast<std::size_t>(index)] == static_cast<int>(i))
                values[static_cast<std::size_t>(index)].reset();
    }
    return values;
}

CommonOperations::CommonOperations(const StateDict& parameters, const Tensor& x, const Tensor& t,
                                   const Tensor& y, at::ScalarType dtype)
    : parameters_(parameters),
      x_(x),
      t_(t),
      y_(y),
      dtype_(dtype)
{
}

void CommonOperations::enter(const Node& node, std::vector<Tensor> inputs)
{
    node_ = &node;
    inputs_ = std::move(inputs);
}

Tensor CommonOperations::apply(const op::TimestepEmbedding& embedding) const
{
    const Tensor frequencies = at::tensor(timestep_frequencies(embedding), at::kFloat).to(x_.device());
    const Tensor angles = t_.to(x_.device(), at::kFloat).unsqueeze(1) * frequencies;
    const bool adm = embedding.form == op::TimestepEmbedding::Form::Adm;
    Tensor e = adm ? at::cat({angles.cos(), angles.sin()}, 1) : at::cat({angles.sin(), angles.cos()}, 1);
    if (embedding.width % 2 == 1)
        e = at::constant_pad_nd(e, {0, 1});
    return dtype_ == at::kDouble ? e.to(at::kDouble) : e;
}

Tensor CommonOperations::apply(const op::LabelEmbedding&) const
{
    return at::embedding(parameter(".weight"), y_.to(x_.device(), at::kLong));
}

Tensor CommonOperations::apply(const op::Linear& linear) const
{
    const Tensor in = linear.silu_before ? at::silu(inputs_[0]) : inputs_[0];
    return at::linear(in, parameter(".weight"), parameter(".bias"));
}

Tensor CommonOperations::apply(const op::AveragePool&) const
{
    return at::avg_pool2d(inputs_[0], 2);
}

Tensor CommonOperations::apply(const op::PixelUnshuffle& unshuffle) const
{
    return at::pixel_unshuffle(inputs_[0], unshuffle.side);
}

Tensor CommonOperations::apply(const op::PixelShuffle& shuffle) const
{
    return at::pixel_shuffle(inputs_[0], shuffle.side);
}

Tensor CommonOperations::apply(const op::Add&) const
{
    return inputs_[0] + inputs_[1];
}

Tensor CommonOperations::apply(const op::FirstToken&) const
{
    return inputs_[0].select(3, 0).select(2, 0);
}

} // namespace lacuna
