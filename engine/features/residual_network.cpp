// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/residual_network.h"

#include <array>
#include <map>
#include <vector>

namespace lacuna {

namespace {

constexpr std::array<int, 4> blocks_of_layer{3, 4, 6, 3};
constexpr double batch_norm_eps = 1e-5;

/// A convolution without bias and the batch norm behind it.
struct Unit {
    std::string conv, norm;
    std::int64_t in = 0, out = 0;
    int kernel = 1;
};

std::string block_name(int layer, int block)
{
    return "layer" + std::to_string(layer + 1) + "." + std::to_string(block);
}

std::vector<Unit> units()
{
    std::vector<Unit> all{{"conv1", "bn1", 3, 64, 7}};
    std::int64_t channels = 64;
    for (int layer = 0; layer < 4; ++layer) {
        const std::int64_t inner = std::int64_t(64) << layer;
        for (int block = 0; block < blocks_of_layer[std::size_t(layer)]; ++block) {
            const std::string name = block_name(layer, block);
            all.push_back({name + ".conv1", name + ".bn1", channels, inner, 1});
            all.push_back({name + ".conv2", name + ".bn2", inner, inner, 3});
            all.push_back({name + ".conv3", name + ".bn3", inner, 4 * inner, 1});
            if (block == 0)
                all.push_back({name + ".downsample.0", name + ".downsample.1", channels, 4 * inner, 1});
            channels = 4 * inner;
        }
    }
    return all;
}

/// One convolution of the folded network.
Tensor convolved(const StateDict& weights, const std::string& name, const Tensor& x, int stride = 1)
{
    const Tensor& weight = weights.at(name + ".weight");
    return at::conv2d(x, weight, weights.at(name + ".bias"), stride, weight.size(2) / 2);
}

/// x -> relu(conv3(relu(conv2(relu(conv1 x)))) + shortcut x).
Tensor bottleneck(const StateDict& weights, const std::string& name, const Tensor& x, int stride)
{
    const Tensor squeezed = at::relu(convolved(weights, name + ".conv1", x));
    const Tensor middle = at::relu(convolved(weights, name + ".conv2", squeezed, stride));
    const bool projected = weights.count(name + ".downsample.0.weight") > 0;
    const Tensor shortcut = projected ? convolved(weights, name + ".downsample.0", x, stride) : x;
    return at::relu(convolved(weights, name + ".conv3", middle) + shortcut);
}

} // namespace

ResidualNetwork::ResidualNetwork(const Checkpoint& file, const std::string& prefix, std::int64_t outputs)
{
    std::map<std::string, std::vector<std::int64_t>> shapes{{prefix + "fc.weight", {outputs, 2048}},
                                                            {prefix + "fc.bias", {outputs}}};
    for (const Unit& unit : units()) {
        shapes[prefix + unit.conv + ".weight"] = {unit.out, unit.in, unit.kernel, unit.kernel};
        for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
            shapes[prefix + unit.norm + part] = {unit.out};
    }
    const StateDict read = read_state_dict(file, shapes);
    for (const Unit& unit : units()) {
        const auto norm = [&](const char* part) {
            return read.at(prefix + unit.norm + part).to(at::kDouble);
        };
        const Tensor scale = norm(".weight") / (norm(".running_var") + batch_norm_eps).sqrt();
        const Tensor weight = read.at(prefix + unit.conv + ".weight").to(at::kDouble);
        weights_[unit.conv + ".weight"] = (weight * scale.view({-1, 1, 1, 1})).to(at::kFloat);
        weights_[unit.conv + ".bias"] = (norm(".bias") - norm(".running_mean") * scale).to(at::kFloat);
    }
    weights_["fc.weight"] = read.at(prefix + "fc.weight");
    weights_["fc.bias"] = read.at(prefix + "fc.bias");
}

Tensor ResidualNetwork::tap(const Tensor& images, Tap tap) const
{
    const at::NoGradGuard inference;
    Tensor x = at::relu(convolved(weights_, "conv1", images.to(at::kFloat), 2));
    x = at::max_pool2d(x, 3, 2, 1);
    for (int layer = 0; layer < 4; ++layer)
        for (int block = 0; block < blocks_of_layer[std::size_t(layer)]; ++block) {
            const std::string name = block_name(layer, block);
            if (tap != Tap::Activations && layer == 3 && block > 0) {
                const bool first = tap == Tap::Layer4Block1Squeeze;
                if (first || block == 2) {
                    const Tensor squeezed = at::relu(convolved(weights_, name + ".conv1", x));
                    return first ? squeezed : at::relu(convolved(weights_, name + ".conv2", squeezed));
                }
            }
            x = bottleneck(weights_, name, x, layer > 0 && block == 0 ? 2 : 1);
        }
    return x;
}

Tensor ResidualNetwork::linear(const Tensor& pooled) const
{
    return at::linear(pooled, weights_.at("fc.weight"), weights_.at("fc.bias"));
}

} // namespace lacuna
