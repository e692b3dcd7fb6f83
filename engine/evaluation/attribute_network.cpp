// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/attribute_network.h"

#include <c10/core/GradMode.h>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/error.h"
#include "engine/fill/measurement.h"
#include "engine/models/attribute_metadata.h"
#include "engine/models/preset.h"

namespace lacuna {

namespace {

constexpr const char* last_map = "out.2.c_proj"; ///< of the encoder
constexpr std::int64_t pictures_at_once = 32;

/// The encoder without its last linear map, which acts on every token alone: the first token is the features.
NetworkGraph trunk_of(NetworkGraph graph)
{
    const std::size_t count = graph.nodes.size();
    check(count > 3 && graph.nodes[count - 2].key == last_map
              && std::holds_alternative<op::FirstToken>(graph.nodes[count - 1].operation),
          "an encoder ends with a linear map and the first token");
    Node first = graph.nodes[count - 1];
    first.inputs = graph.nodes[count - 2].inputs;
    first.channels = graph.nodes[static_cast<std::size_t>(first.inputs.front())].channels;
    graph.nodes.resize(count - 2);
    graph.nodes.push_back(std::move(first));
    return graph;
}

} // namespace

AttributeNetwork AttributeNetwork::load(const std::filesystem::path& path, at::Device device)
{
    const Checkpoint checkpoint = Checkpoint::open(path);
    const auto preset = stored_preset(checkpoint.metadata(), path.string());
    const auto* config = preset ? std::get_if<EncoderConfig>(&preset->architecture) : nullptr;
    if (!config)
        checkpoint.refuse("holds no classifier", "Use the file of an attribute network");
    std::optional<AttributeMetadata> meaning = stored_attributes(checkpoint.metadata(), path.string());
    if (!meaning)
        checkpoint.refuse("does not say which attributes it tells", "Use the file of an attribute network");
    if (config->in_channels != 3 || static_cast<std::size_t>(config->out_channels) != meaning->value_count())
        checkpoint.refuse("has another number of outputs than values of attributes",
                          "Use the file of an attribute network");

    const NetworkGraph graph = encoder_graph(*config);
    StateDict weights = read_state_dict(checkpoint, parameter_shapes(graph));
    AttributeNetwork network;
    network.device_ = device;
    network.weight_ = weights.at(std::string(last_map) + ".weight").squeeze(2).to(device, at::kDouble);
    network.bias_ = weights.at(std::string(last_map) + ".bias").to(device, at::kDouble);
    weights.erase(std::string(last_map) + ".weight");
    weights.erase(std::string(last_map) + ".bias");
    network.trunk_ = make_network(trunk_of(graph), std::move(weights), path.string(), {.device = device});
    network.side_ = config->image_size;
    network.world_ = std::move(meaning->world);
    network.groups_ = std::move(meaning->groups);
    network.sha256_ = checkpoint.sha256();
    return network;
}

Judgement AttributeNetwork::judge(const Tensor& images) const
{
    check(images.dim() == 4 && images.size(1) == 3 && images.size(0) > 0, "pictures of three channels");
    const c10::AutoGradMode no_gradients(false);
    std::vector<Tensor> parts;
    for (const Tensor& some : images.split(pictures_at_once)) {
        Tensor x = some.to(device_, at::kFloat);
        if (x.size(2) != side_ || x.size(3) != side_)
            x = resized(x, side_, side_);
        parts.push_back(trunk_->forward(x, at::zeros({x.size(0)}, x.options())).to(at::kDouble));
    }
    const Tensor features = at::cat(parts);
    const Tensor logits = at::addmm(bias_, features, weight_.t());
    std::vector<Tensor> groups;
    std::int64_t first = 0;
    for (const AttributeGroup& group : groups_) {
        const auto values = static_cast<std::int64_t>(group.values.size());
        groups.push_back(logits.narrow(1, first, values).softmax(1));
        first += values;
    }
    return {at::cat(groups, 1).to(at::kCPU), features.to(at::kCPU)};
}

} // namespace lacuna
