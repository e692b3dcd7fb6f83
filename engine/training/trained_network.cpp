// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/trained_network.h"

#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/models/graph_evaluation.h"
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
class Evaluation : CommonOperations {
public:
    using CommonOperations::CommonOperations;

    Tensor run(const Node& node, std::vector<Tensor> inputs)
    {
        enter(node, std::move(inputs));
        return std::visit([this](const auto& operation) { return apply(operation); }, node.operation);
    }

private:
    using CommonOperations::apply;

    at::ScalarType type() const { return node_->full_precision ? at::kFloat : dtype_; }

    Tensor apply(const op::Input&)
    {
        return x_.to(x_.options().dtype(dtype_), false, false, at::MemoryFormat::ChannelsLast);
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

    Tensor apply(const op::Concat&) { return join(inputs_[0], inputs_[1]); }

    Tensor apply(const op::Tokens&)
    {
        const Tensor flat = inputs_[0].to(at::kFloat).flatten(2);
        const Tensor all = at::cat({flat.mean(2, true), flat}, 2);
        return (all + parameter(".positional_embedding")).unsqueeze(2);
    }
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
    const std::vector<Tensor> values =
        evaluate_nodes(graph_, last_uses_, false, [&](const Node& node, std::vector<Tensor> inputs) {
            return evaluation.run(node, std::move(inputs));
        });
    return values.back().to(at::kFloat);
}

} // namespace lacuna::training
