// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/face_network.h"

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/core/error.h"

namespace lacuna {

namespace {

struct Unit {
    std::string name;
    std::int64_t in = 0, out = 0;
    int stride = 1;
};

std::vector<Unit> units()
{
    constexpr std::array<int, 4> counts{3, 4, 14, 3};
    std::vector<Unit> all;
    std::int64_t channels = 64;
    for (std::size_t stage = 0; stage < counts.size(); ++stage)
        for (int i = 0; i < counts[stage]; ++i) {
            const std::int64_t out = std::int64_t(64) << stage;
            all.push_back({"body." + std::to_string(all.size()), channels, out, i == 0 ? 2 : 1});
            channels = out;
        }
    return all;
}

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

void add_norm(Shapes& shapes, const std::string& name, std::int64_t channels)
{
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
        shapes[name + part] = {channels};
}

Shapes expected(bool excitation)
{
    Shapes shapes{{"input_layer.0.weight", {64, 3, 3, 3}},
                  {"input_layer.2.weight", {64}},
                  {"output_layer.3.weight", {512, 512 * 7 * 7}},
                  {"output_layer.3.bias", {512}}};
    add_norm(shapes, "input_layer.1", 64);
    add_norm(shapes, "output_layer.0", 512);
    add_norm(shapes, "output_layer.4", 512);
    for (const Unit& unit : units()) {
        const std::string inner = unit.name + ".res_layer";
        if (unit.in != unit.out) {
            shapes[unit.name + ".shortcut_layer.0.weight"] = {unit.out, unit.in, 1, 1};
            add_norm(shapes, unit.name + ".shortcut_layer.1", unit.out);
        }
        add_norm(shapes, inner + ".0", unit.in);
        shapes[inner + ".1.weight"] = {unit.out, unit.in, 3, 3};
        shapes[inner + ".2.weight"] = {unit.out};
        shapes[inner + ".3.weight"] = {unit.out, unit.out, 3, 3};
        add_norm(shapes, inner + ".4", unit.out);
        if (excitation) {
            shapes[inner + ".5.fc1.weight"] = {unit.out / 16, unit.out, 1, 1};
            shapes[inner + ".5.fc2.weight"] = {unit.out, unit.out / 16, 1, 1};
        }
    }
    return shapes;
}

} // namespace

FaceNetwork::FaceNetwork(const Checkpoint& file)
    : excitation_(file.tensors().count("body.0.res_layer.5.fc1.weight") > 0)
{
    weights_ = read_state_dict(file, expected(excitation_));
}

Tensor FaceNetwork::normalised(const Tensor& x, const std::string& name) const
{
    return at::batch_norm(x, weights_.at(name + ".weight"), weights_.at(name + ".bias"),
                          weights_.at(name + ".running_mean"), weights_.at(name + ".running_var"), false, 0,
                          1e-5, false);
}

Tensor FaceNetwork::describe(const Tensor& faces) const
{
    check(faces.dim() == 4 && faces.size(1) == 3 && faces.size(2) == 112 && faces.size(3) == 112,
          "faces are [N,3,112,112]");
    const at::NoGradGuard inference;
    Tensor x = at::conv2d(faces.to(at::kFloat), weights_.at("input_layer.0.weight"), {}, 1, 1);
    x = at::prelu(normalised(x, "input_layer.1"), weights_.at("input_layer.2.weight"));
    for (const Unit& unit : units()) {
        const std::string inner = unit.name + ".res_layer";
        Tensor shortcut = at::max_pool2d(x, 1, unit.stride);
        if (unit.in != unit.out)
            shortcut = normalised(
                at::conv2d(x, weights_.at(unit.name + ".shortcut_layer.0.weight"), {}, unit.stride),
                unit.name + ".shortcut_layer.1");
        Tensor h = at::conv2d(normalised(x, inner + ".0"), weights_.at(inner + ".1.weight"), {}, 1, 1);
        h = at::prelu(h, weights_.at(inner + ".2.weight"));
        h = normalised(at::conv2d(h, weights_.at(inner + ".3.weight"), {}, unit.stride, 1), inner + ".4");
        if (excitation_) {
            const Tensor squeezed = at::relu(
                at::conv2d(at::adaptive_avg_pool2d(h, {1, 1}), weights_.at(inner + ".5.fc1.weight")));
            h = h * at::sigmoid(at::conv2d(squeezed, weights_.at(inner + ".5.fc2.weight")));
        }
        x = h + shortcut;
    }
    x = normalised(x, "output_layer.0").flatten(1);
    x = at::linear(x, weights_.at("output_layer.3.weight"), weights_.at("output_layer.3.bias"));
    x = normalised(x, "output_layer.4");
    return x / x.norm(2, {1}, true).clamp_min(1e-12);
}

} // namespace lacuna
