// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/network_graph.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <type_traits>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// The parameters of one node.
void add_shapes(const Node& node, ParameterShapes& shapes)
{
    const auto weight_and_bias = [&](std::vector<std::int64_t> weight, std::int64_t bias) {
        shapes[node.key + ".weight"] = std::move(weight);
        shapes[node.key + ".bias"] = {bias};
    };
    if (const auto* label = std::get_if<op::LabelEmbedding>(&node.operation))
        shapes[node.key + ".weight"] = {label->classes, label->width};
    else if (const auto* linear = std::get_if<op::Linear>(&node.operation))
        weight_and_bias({linear->out, linear->in}, linear->out);
    else if (const auto* conv = std::get_if<op::Conv>(&node.operation))
        weight_and_bias(conv->one_dimensional
                            ? std::vector<std::int64_t>{conv->out, conv->in, 1}
                            : std::vector<std::int64_t>{conv->out, conv->in, conv->kernel, conv->kernel},
                        conv->out);
    else if (const auto* norm = std::get_if<op::GroupNorm>(&node.operation))
        weight_and_bias({norm->channels}, norm->channels);
    else if (const auto* tokens = std::get_if<op::Tokens>(&node.operation))
        shapes[node.key + ".positional_embedding"] = {tokens->channels, tokens->count};
}

std::string text(const std::vector<std::int64_t>& shape)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << '(';
    for (std::size_t i = 0; i < shape.size(); ++i)
        out << (i ? ", " : "") << shape[i];
    out << ')';
    return out.str();
}

/// What both sides of a picture must be divisible by: two for every up-sampling, and the side of a pixel-unshuffle.
std::int64_t size_divisor(const NetworkGraph& graph)
{
    std::int64_t divisor = 1;
    int latest = -1;
    for (const Node& node : graph.nodes) {
        if (const auto* unshuffle = std::get_if<op::PixelUnshuffle>(&node.operation))
            divisor *= unshuffle->side;
        // Residual blocks up-sample two values at once; only a longer path counts.
        if (std::holds_alternative<op::Upsample>(node.operation) && node.inputs.front() > latest) {
            divisor *= 2;
            latest = static_cast<int>(&node - graph.nodes.data());
        }
    }
    return divisor;
}

} // namespace

std::vector<int> NetworkGraph::last_uses() const
{
    std::vector<int> last(nodes.size());
    std::iota(last.begin(), last.end(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const int input : nodes[i].inputs)
            last[static_cast<std::size_t>(input)] = static_cast<int>(i);
    return last;
}

ParameterShapes parameter_shapes(const NetworkGraph& graph)
{
    ParameterShapes shapes;
    for (const Node& node : graph.nodes)
        add_shapes(node, shapes);
    return shapes;
}

std::int64_t parameter_count(const ParameterShapes& shapes)
{
    std::int64_t count = 0;
    for (const auto& [name, shape] : shapes)
        count += std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    return count;
}

std::vector<PictureSize> picture_sizes(const NetworkGraph& graph, PictureSize picture)
{
    std::vector<PictureSize> sizes;
    for (const Node& node : graph.nodes) {
        bool fits = true;
        PictureSize size =
            node.inputs.empty() ? PictureSize{} : sizes[static_cast<std::size_t>(node.inputs.front())];
        if (std::holds_alternative<op::Input>(node.operation)) {
            size = picture;
        } else if (const auto* conv = std::get_if<op::Conv>(&node.operation)) {
            // kernel - 1 pixels are padded in all, or one pixel.
            const int padded = conv->padding == op::Conv::Padding::Symmetric ? conv->kernel - 1 : 1;
            size = {(size.height + padded - conv->kernel) / conv->stride + 1,
                    (size.width + padded - conv->kernel) / conv->stride + 1};
        } else if (std::holds_alternative<op::Upsample>(node.operation)) {
            size = {2 * size.height, 2 * size.width};
        } else if (std::holds_alternative<op::AveragePool>(node.operation)) {
            size = {size.height / 2, size.width / 2};
        } else if (const auto* unshuffle = std::get_if<op::PixelUnshuffle>(&node.operation)) {
            fits = size.height % unshuffle->side == 0 && size.width % unshuffle->side == 0;
            size = {size.height / unshuffle->side, size.width / unshuffle->side};
        } else if (const auto* shuffle = std::get_if<op::PixelShuffle>(&node.operation)) {
            size = {size.height * shuffle->side, size.width * shuffle->side};
        } else if (std::holds_alternative<op::Tokens>(node.operation)) {
            size = {1, size.pixels() + 1};
        } else if (std::holds_alternative<op::FirstToken>(node.operation)) {
            size = {};
        }
        fits = fits && std::all_of(node.inputs.begin(), node.inputs.end(), [&](int input) {
                   const bool concat = std::holds_alternative<op::Concat>(node.operation);
                   return !concat || sizes[static_cast<std::size_t>(input)] == size;
               });
        if (!fits || (size.pixels() <= 0 && size != PictureSize{}))
            throw Error(ErrorKind::Input,
                        "A picture of " + std::to_string(picture.width) + " x "
                            + std::to_string(picture.height),
                        "cannot be halved as often as the network has levels",
                        "Use a size that is divisible by " + std::to_string(size_divisor(graph)));
        sizes.push_back(size);
    }
    return sizes;
}

double multiplications(const NetworkGraph& graph, PictureSize picture)
{
    const std::vector<PictureSize> sizes = picture_sizes(graph, picture);
    double sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const double pixels = static_cast<double>(sizes[i].pixels());
        if (const auto* conv = std::get_if<op::Conv>(&graph.nodes[i].operation))
            sum += pixels * static_cast<double>(conv->in * conv->out * conv->kernel * conv->kernel);
        else if (const auto* attention = std::get_if<op::Attention>(&graph.nodes[i].operation))
            sum += 2 * pixels * pixels * static_cast<double>(attention->channels);
    }
    return sum;
}

std::vector<float> timestep_frequencies(const op::TimestepEmbedding& embedding)
{
    const std::int64_t half = embedding.width / 2;
    std::vector<float> frequencies(static_cast<std::size_t>(half));
    for (std::int64_t i = 0; i < half; ++i) {
        // Rounded step by step, as the networks were trained.
        const float index = static_cast<float>(i);
        const float exponent =
            embedding.form == op::TimestepEmbedding::Form::Adm
                ? static_cast<float>(-std::log(10000.0)) * index / static_cast<float>(half)
                : index * static_cast<float>(-std::log(10000.0) / static_cast<double>(half - 1));
        frequencies[static_cast<std::size_t>(i)] = std::exp(exponent);
    }
    return frequencies;
}

void check_parameters(const ParameterShapes& expected, const ParameterShapes& given, const std::string& file)
{
    const auto refuse = [&](const std::string& cause) {
        throw Error(ErrorKind::Input, file, cause, "Choose the weights of this network, or another network");
    };
    for (const auto& [name, shape] : expected) {
        const auto found = given.find(name);
        if (found == given.end())
            refuse("the parameter " + name + " is missing");
        if (found->second != shape)
            refuse("the parameter " + name + " has the shape " + text(found->second) + " instead of "
                   + text(shape));
    }
    for (const auto& [name, shape] : given)
        if (!expected.contains(name))
            refuse("the network has no parameter " + printable(name));
}

int GraphBuilder::add(Operation operation, std::vector<int> inputs, std::string key, std::int64_t channels)
{
    const int number = static_cast<int>(graph_.nodes.size());
    for (const int value : inputs)
        check(value >= 0 && value < number, "a node reads earlier nodes");
    graph_.nodes.push_back(
        {std::move(operation), std::move(inputs), std::move(key), channels, full_precision_});
    return number;
}

int GraphBuilder::label(std::int64_t classes, std::int64_t width, const std::string& key)
{
    graph_.classes = classes;
    return add(op::LabelEmbedding{classes, width}, {}, key, width);
}

int GraphBuilder::linear(int x, std::int64_t out, bool silu_before, const std::string& key)
{
    return add(op::Linear{channels(x), out, silu_before}, {x}, key, out);
}

int GraphBuilder::conv(int x, op::Conv conv, const std::string& key)
{
    conv.in = channels(x);
    return add(conv, {x}, key, conv.out);
}

int GraphBuilder::norm(int x, op::GroupNorm norm, const std::string& key, int embedding)
{
    check((embedding >= 0) == (norm.modulation != op::GroupNorm::Modulation::None),
          "a modulated norm has an embedding");
    norm.channels = channels(x);
    return add(norm, embedding >= 0 ? std::vector<int>{x, embedding} : std::vector<int>{x}, key,
               norm.channels);
}

int GraphBuilder::attention(std::vector<int> qkv, op::Attention attention)
{
    const std::int64_t parts = attention.order == op::Attention::Order::Separate ? 1 : 3;
    attention.channels = channels(qkv.front()) / parts;
    return add(attention, std::move(qkv), {}, attention.channels);
}

int GraphBuilder::tokens(int x, std::int64_t count, const std::string& key)
{
    return add(op::Tokens{channels(x), count}, {x}, key, channels(x));
}

} // namespace lacuna
