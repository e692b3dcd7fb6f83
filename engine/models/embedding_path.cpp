// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/embedding_path.h"

#include <cmath>

#include "engine/core/error.h"
#include "engine/models/blocked_kernels.h"

namespace lacuna {

namespace {

const float* numbers(const StateDict& parameters, const std::string& name)
{
    return parameters.at(name).data_ptr<float>();
}

std::vector<float> embed(const op::TimestepEmbedding& embedding, float t)
{
    const std::vector<float> f = timestep_frequencies(embedding);
    const bool cosines_first = embedding.form == op::TimestepEmbedding::Form::Adm;
    std::vector<float> e(static_cast<std::size_t>(embedding.width));
    for (std::size_t i = 0; i < f.size(); ++i) {
        e[i] = cosines_first ? std::cos(t * f[i]) : std::sin(t * f[i]);
        e[f.size() + i] = cosines_first ? std::sin(t * f[i]) : std::cos(t * f[i]);
    }
    return e;
}

std::vector<float> apply(const op::Linear& linear, const Node& node, const StateDict& parameters,
                         std::vector<float> in)
{
    if (linear.silu_before)
        for (float& value : in)
            value /= 1 + std::exp(-value);
    std::vector<float> out(static_cast<std::size_t>(linear.out));
    blocked::linear(numbers(parameters, node.key + ".weight"), numbers(parameters, node.key + ".bias"),
                    in.data(), out.data(), linear.out, linear.in);
    return out;
}

} // namespace

std::vector<bool> embedding_nodes(const NetworkGraph& graph)
{
    std::vector<bool> is(graph.nodes.size());
    for (std::size_t i = 0; i < is.size(); ++i) {
        const Node& node = graph.nodes[i];
        is[i] = std::holds_alternative<op::TimestepEmbedding>(node.operation)
                || std::holds_alternative<op::LabelEmbedding>(node.operation)
                || std::holds_alternative<op::Linear>(node.operation)
                || (std::holds_alternative<op::Add>(node.operation)
                    && is[static_cast<std::size_t>(node.inputs.front())]);
    }
    return is;
}

Embeddings embeddings(const NetworkGraph& graph, const StateDict& parameters, float timestep,
                      std::int64_t label_of_row)
{
    const std::vector<bool> is = embedding_nodes(graph);
    Embeddings values(graph.nodes.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!is[i])
            continue;
        const auto input = [&](std::size_t k) { return values[static_cast<std::size_t>(node.inputs[k])]; };
        if (const auto* embedding = std::get_if<op::TimestepEmbedding>(&node.operation)) {
            values[i] = embed(*embedding, timestep);
        } else if (const auto* label = std::get_if<op::LabelEmbedding>(&node.operation)) {
            check(label_of_row >= 0 && label_of_row < label->classes,
                  "a class is one that the network knows");
            const float* row = numbers(parameters, node.key + ".weight") + label_of_row * label->width;
            values[i].assign(row, row + label->width);
        } else if (const auto* linear = std::get_if<op::Linear>(&node.operation)) {
            values[i] = apply(*linear, node, parameters, input(0));
        } else {
            values[i] = input(0);
            const std::vector<float> other = input(1);
            for (std::size_t k = 0; k < other.size(); ++k)
                values[i][k] += other[k];
        }
    }
    return values;
}

} // namespace lacuna
