// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/trained_network.h"

#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/training/fused_operations.h"

namespace lacuna::training {

namespace {

/// softmax(q^T k / sqrt(d)) v with positions before channels, [N h, L, d].                 restoration.md 1.5
Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v)
{
    const Tensor scores = at::bmm(q * (1 / std::sqrt(static_cast<double>(q.size(2)))), k.transpose(1, 2));
    return at::bmm(scores.softmax(-1), v); // softmax adds in single precision
}

/// The operations; a visitor of one node.
class Evaluation {
public:
    Evaluation(const StateDict& parameters, const Tensor& x, const Tensor& t, const Tensor& y,
               at::ScalarType dtype)
        : parameters_(parameters),
          x_(x),
          t_(t),
          y_(y),
          dtype_(dtype)
    {
    }

    Tensor run(const Node& node, std::vector<Tensor> inputs)
    {
        node_ = &node;
        inputs_ = std::move(inputs);
        return std::visit([this](const auto& operation) { return apply(operation); }, node.operation);
    }

private:
    const Tensor& parameter(const char* suffix) const { return parameters_.at(node_->key + suffix); }
    at::ScalarType type() const { return node_->full_precision ? at::kFloat : dtype_; }

    Tensor apply(const op::Input&)
    {
        return x_.to(x_.options().dtype(dtype_), false, false, at::MemoryFormat::ChannelsLast);
    }

    Tensor apply(const op::TimestepEmbedding& embedding)
    {
        const Tensor frequencies = at::tensor(timestep_frequencies(embedding), at::kFloat).to(x_.device());
        const Tensor angles = t_.to(x_.device(), at::kFloat).unsqueeze(1) * frequencies;
        const bool adm = embedding.form == op::TimestepEmbedding::Form::Adm;
        const Tensor e =
            adm ? at::cat({angles.cos(), angles.sin()}, 1) : at::cat({angles.sin(), angles.cos()}, 1);
        return embedding.width % 2 == 1 ? at::constant_pad_nd(e, {0, 1}) : e;
    }

    Tensor apply(const op::LabelEmbedding&)
    {
        return at::embedding(parameter(".weight"), y_.to(x_.device(), at::kLong));
    }

    Tensor apply(const op::Linear& linear)
    {
        const Tensor in = linear.silu_before ? at::silu(inputs_[0]) : inputs_[0];
        return at::linear(in, parameter(".weight"), parameter(".bias"));
    }

    Tensor apply(const op::Conv& conv)
    {
        Tensor weight = parameter(".weight");
        if (conv.one_dimensional)
            weight = weight.unsqueeze(-1);
        weight = weight.to(weight.options().dtype(type()), false, false, at::MemoryFormat::ChannelsLast);
        Tensor x = inputs_[0].to(type());
        const bool below = conv.padding == op::Conv::Padding::BottomRight;
        if (below)
            x = at::constant_pad_nd(x, {0, 1, 0, 1});
        x = x.contiguous(at::MemoryFormat::ChannelsLast);
        return at::conv2d(x, weight, parameter(".bias").to(type()), conv.stride,
                          below ? 0 : (conv.kernel - 1) / 2);
    }

    Tensor apply(const op::GroupNorm& norm)
    {
        const bool modulated = norm.modulation != op::GroupNorm::Modulation::None;
        return group_norm(inputs_[0], norm, parameter(".weight"), parameter(".bias"),
                          modulated ? inputs_[1] : Tensor(), type());
    }

    Tensor apply(const op::Attention& attention)
    {
        using Order = op::Attention::Order;
        const Tensor& x = inputs_[0];
        const std::int64_t n = x.size(0), c = attention.channels, h = attention.heads, d = c / h;
        const std::int64_t length = x.size(2) * x.size(3);
        // Channels-last pictures are rows of positions: [N, L, C], and [part, N, h, L, d] after sorting.
        const auto rows = [&](const Tensor& part) { return part.permute({0, 2, 3, 1}); };
        Tensor qkv;
        if (attention.order == Order::HeadsFirst)
            qkv = rows(x).reshape({n, length, h, 3, d}).permute({3, 0, 2, 1, 4});
        else if (attention.order == Order::PartsFirst)
            qkv = rows(x).reshape({n, length, 3, h, d}).permute({2, 0, 3, 1, 4});
        else
            qkv = at::stack({rows(inputs_[0]), rows(inputs_[1]), rows(inputs_[2])})
                      .reshape({3, n, length, h, d})
                      .permute({0, 1, 3, 2, 4});
        qkv = qkv.reshape({3, n * h, length, d});
        return attend(qkv[0], qkv[1], qkv[2])
            .reshape({n, h, length, d})
            .transpose(1, 2)
            .reshape({n, x.size(2), x.size(3), c})
            .permute({0, 3, 1, 2});
    }

    Tensor apply(const op::Upsample&) { return upsample(inputs_[0]); }

    Tensor apply(const op::AveragePool&) { return at::avg_pool2d(inputs_[0], 2); }

    Tensor apply(const op::PixelUnshuffle& unshuffle)
    {
        return at::pixel_unshuffle(inputs_[0], unshuffle.side);
    }

    Tensor apply(const op::PixelShuffle& shuffle) { return at::pixel_shuffle(inputs_[0], shuffle.side); }

    Tensor apply(const op::Concat&) { return join(inputs_[0], inputs_[1]); }

    Tensor apply(const op::Add&) { return inputs_[0] + inputs_[1]; }

    Tensor apply(const op::Tokens&)
    {
        const Tensor flat = inputs_[0].to(at::kFloat).flatten(2);
        const Tensor all = at::cat({flat.mean(2, true), flat}, 2);
        return (all + parameter(".positional_embedding")).unsqueeze(2);
    }

    Tensor apply(const op::FirstToken&) { return inputs_[0].select(3, 0).select(2, 0); }

    const StateDict& parameters_;
    const Tensor &x_, &t_, &y_;
    at::ScalarType dtype_;
    const Node* node_ = nullptr;
    std::vector<Tensor> inputs_{};
};

} // namespace

TrainedNetwork::TrainedNetwork(NetworkGraph graph, StateDict parameters, at::ScalarType dtype)
    : graph_(std::move(graph)),
      last_uses_(graph_.last_uses()),
      parameters_(std::move(parameters)),
      dtype_(dtype)
{
}

Tensor TrainedNetwork::forward(const Tensor& x, const Tensor& t, const Tensor& y)
{
    check(x.dim() == 4 && x.size(1) == graph_.in_channels(),
          "a network is given the channels it was made for");
    check(t.dim() == 1 && t.size(0) == x.size(0), "every row has a timestep");
    Evaluation evaluation(parameters_, x, t, y, dtype_);
    std::vector<Tensor> values(graph_.nodes.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Node& node = graph_.nodes[i];
        std::vector<Tensor> inputs;
        for (const int index : node.inputs)
            inputs.push_back(values[static_cast<std::size_t>(index)]);
        values[i] = evaluation.run(node, std::move(inputs));
        for (const int index : node.inputs)
            if (last_uses_[static_cast<std::size_t>(index)] == static_cast<int>(i))
                values[static_cast<std::size_t>(index)].reset();
    }
    return values.back().to(at::kFloat);
}

} // namespace lacuna::training
