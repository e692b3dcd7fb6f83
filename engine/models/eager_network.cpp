// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/eager_network.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <c10/core/GradMode.h>
#include <torch/version.h>

#include "engine/core/error.h"
#include "engine/models/graph_evaluation.h"
#include "engine/models/rows_apart.h"

namespace lacuna {

namespace {

bool is_low_precision(at::ScalarType type)
{
    return type == at::kHalf || type == at::kBFloat16;
}

ParameterShapes shapes_of(const StateDict& state)
{
    ParameterShapes shapes;
    for (const auto& [name, tensor] : state)
        shapes[name] = tensor.sizes().vec();
    return shapes;
}

/// softmax(q^T k / sqrt(d)) v for q, k, v [N h, d, L].                                   restoration.md 1.5
Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v)
{
#if TORCH_VERSION_MAJOR >= 2
    return at::scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2))
        .transpose(1, 2);
#else
    // The root of the scale on both factors keeps half precision in range.
    const double s = std::pow(static_cast<double>(q.size(1)), -0.25);
    const Tensor scores = at::bmm((q * s).transpose(1, 2), k * s);
    const Tensor weights = is_low_precision(scores.scalar_type())
                               ? scores.to(at::kFloat).softmax(-1).to(scores.scalar_type())
                               : scores.softmax(-1);
    return at::bmm(v, weights.transpose(1, 2));
#endif
}

/// The operations; a visitor of one node.
class Evaluation : CommonOperations {
public:
    using CommonOperations::CommonOperations;

    Tensor run(const Node& node, std::vector<Tensor> inputs)
    {
        enter(node, std::move(inputs));
        if (node.full_precision)
            for (Tensor& input : inputs_)
                if (is_low_precision(input.scalar_type()))
                    input = input.to(at::kFloat);
        return std::visit([this](const auto& operation) { return apply(operation); }, node.operation);
    }

private:
    using CommonOperations::apply;

    Tensor apply(const op::Input&) { return x_.to(dtype_); }

    Tensor apply(const op::Conv& conv)
    {
        const Tensor weight =
            conv.one_dimensional ? parameter(".weight").unsqueeze(-1) : parameter(".weight");
        Tensor x = inputs_[0].to(weight.scalar_type());
        const bool below = conv.padding == op::Conv::Padding::BottomRight;
        if (below)
            x = at::constant_pad_nd(x, {0, 1, 0, 1});
        return at::conv2d(x, weight, parameter(".bias"), conv.stride, below ? 0 : (conv.kernel - 1) / 2);
    }

    Tensor apply(const op::GroupNorm& norm)
    {
        using Modulation = op::GroupNorm::Modulation;
        Tensor h = inputs_[0];
        const at::ScalarType type = h.scalar_type();
        const Tensor g =
            norm.modulation == Modulation::None ? Tensor() : inputs_[1].to(type).unsqueeze(-1).unsqueeze(-1);
        if (norm.modulation == Modulation::Add)
            h = h + g;
        const Tensor weight = parameter(".weight");
        h = at::group_norm(h.to(weight.scalar_type()), 32, weight, parameter(".bias"), norm.eps).to(type);
        if (norm.modulation == Modulation::ScaleShift)
            h = h * (1 + g.narrow(1, 0, norm.channels)) + g.narrow(1, norm.channels, norm.channels);
        return norm.silu ? at::silu(h) : h;
    }

    Tensor apply(const op::Attention& attention)
    {
        const Tensor& x = inputs_[0];
        const std::int64_t n = x.size(0), c = attention.channels, h = attention.heads, d = c / h;
        const std::int64_t length = x.size(2) * x.size(3);
        const auto heads = [&](const Tensor& part) { return part.reshape({n * h, d, length}); };
        std::array<Tensor, 3> qkv;
        for (std::int64_t i = 0; i < 3; ++i) {
            Tensor& part = qkv[static_cast<std::size_t>(i)];
            switch (attention.order) {
            case op::Attention::Order::HeadsFirst:
                part = heads(x.reshape({n, h, 3, d, length}).select(2, i));
                break;
            case op::Attention::Order::PartsFirst:
                part = heads(x.narrow(1, i * c, c));
                break;
            case op::Attention::Order::Separate:
                part = heads(inputs_[static_cast<std::size_t>(i)]);
                break;
            }
        }
        return attend(qkv[0], qkv[1], qkv[2]).reshape({n, c, x.size(2), x.size(3)});
    }

    Tensor apply(const op::Upsample&)
    {
        const Tensor& x = inputs_[0];
        return at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    }

    Tensor apply(const op::Concat&) { return at::cat(inputs_, 1); }

    Tensor apply(const op::Tokens& tokens)
    {
        const Tensor flat = inputs_[0].flatten(2);
        if (flat.size(2) + 1 != tokens.count)
            throw Error(ErrorKind::Input, "The classifier", "was made for pictures of another size",
                        "Use pictures of its size");
        const Tensor all = at::cat({flat.mean(2, true), flat}, 2);
        return (all + parameter(".positional_embedding").to(all.scalar_type())).unsqueeze(2);
    }
};

} // namespace

EagerNetwork::EagerNetwork(NetworkGraph graph, StateDict parameters, const std::string& file)
    : graph_(std::move(graph)),
      last_uses_(graph_.last_uses()),
      parameters_(std::move(parameters))
{
    check_parameters(parameter_shapes(graph_), shapes_of(parameters_), file);
    const at::ScalarType stored = parameters_.begin()->second.scalar_type();
    dtype_ = stored == at::kDouble ? at::kDouble : at::kFloat;
    to(parameters_.begin()->second.device(), dtype_);
}

void EagerNetwork::to(at::Device device, at::ScalarType dtype)
{
    dtype_ = dtype;
    const at::ScalarType rest = is_low_precision(dtype) ? at::kFloat : dtype;
    for (auto& [name, parameter] : parameters_)
        parameter = parameter.to(device, rest);
    for (const Node& node : graph_.nodes) {
        const auto* conv = std::get_if<op::Conv>(&node.operation);
        if (!conv)
            continue;
        Tensor& weight = parameters_.at(node.key + ".weight");
        Tensor& bias = parameters_.at(node.key + ".bias");
        if (!node.full_precision) {
            weight = weight.to(dtype);
            bias = bias.to(dtype);
        }
        if (device.is_cuda() && !conv->one_dimensional)
            weight = weight.contiguous(at::MemoryFormat::ChannelsLast);
    }
}

std::vector<Tensor> EagerNetwork::evaluate(const Tensor& x, const Tensor& t, const Tensor& y,
                                           bool keep_all) const
{
    check(x.dim() == 4 && x.size(1) == graph_.in_channels(),
          "a network is given the channels it was made for");
    check(t.dim() == 1 && t.size(0) == x.size(0), "every row has a timestep");
    check(graph_.classes == 0 || (y.defined() && y.dim() == 1 && y.size(0) == x.size(0)),
          "every row of a network with classes has a class");
    picture_sizes(graph_, {x.size(2), x.size(3)});
    const Tensor input = x.is_cuda() ? x.contiguous(at::MemoryFormat::ChannelsLast) : x;
    Evaluation evaluation(parameters_, input, t, y, dtype_);
    return evaluate_nodes(graph_, last_uses_, keep_all, [&](const Node& node, std::vector<Tensor> inputs) {
        return evaluation.run(node, std::move(inputs));
    });
}

Tensor EagerNetwork::forward(const Tensor& x, const Tensor& t, const Tensor& y)
{
    const bool trained = std::any_of(parameters_.begin(), parameters_.end(),
                                     [](const auto& named) { return named.second.requires_grad(); });
    if (!x.is_cpu() || !c10::GradMode::is_enabled() || !x.requires_grad() || trained || x.size(0) == 0)
        return evaluate(x, t, y, false).back().to(x.scalar_type());
    return rows_apart(x, [&](const Tensor& row, std::int64_t number) {
        const Tensor label = y.defined() ? y.narrow(0, number, 1) : y;
        return evaluate(row, t.narrow(0, number, 1), label, false).back().to(x.scalar_type());
    });
}

Tensor EagerNetwork::forward(const Tensor& x, const Tensor& t, const Tensor& y,
                             std::map<std::string, Tensor>& blocks)
{
    const std::vector<Tensor> values = evaluate(x, t, y, true);
    for (const auto& [name, value] : graph_.named)
        blocks[name] = values[static_cast<std::size_t>(value)];
    return values.back().to(x.scalar_type());
}

} // namespace lacuna
