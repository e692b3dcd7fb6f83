// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/parameters.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <ATen/Parallel.h>

#include "engine/core/error.h"
#include "engine/core/philox.h"

namespace lacuna::training {

namespace {

constexpr std::uint32_t kInitialValues = 0x494E4954; // apart from the streams of the samplers

bool ends_with_weight_or_bias(const std::string& name, const std::string& layer)
{
    return name.ends_with(layer + ".weight") || name.ends_with(layer + ".bias");
}

/// Layers whose first result is zero, so that every block starts as the identity.
bool starts_at_zero(const std::string& name)
{
    return ends_with_weight_or_bias(name, ".out_layers.3") || ends_with_weight_or_bias(name, ".proj_out")
           || name == "out.2.weight" || name == "out.2.bias";
}

bool of_attention(const std::string& name)
{
    return std::any_of(std::begin({".norm", ".qkv", ".proj_out", ".q", ".k", ".v"}),
                       std::end({".norm", ".qkv", ".proj_out", ".q", ".k", ".v"}),
                       [&](const char* layer) { return ends_with_weight_or_bias(name, layer); });
}

Tensor uniform_values(const std::vector<std::int64_t>& shape, double limit, std::uint64_t seed,
                      std::uint32_t number)
{
    const Tensor values = at::empty(shape, at::kFloat);
    float* const to = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        to[i] = static_cast<float>(limit
                                   * (2
                                          * uniform({.seed = seed, .step = number, .purpose = kInitialValues},
                                                    static_cast<std::uint64_t>(i))
                                      - 1));
    return values;
}

Tensor normal_values(const std::vector<std::int64_t>& shape, double deviation, std::uint64_t seed,
                     std::uint32_t number)
{
    const Tensor values = at::empty(shape, at::kFloat);
    standard_normals({.seed = seed, .step = number, .purpose = kInitialValues}, values.data_ptr<float>(),
                     static_cast<std::size_t>(values.numel()));
    return values * deviation;
}

/// Numbers that one output of a layer is made from, by the name of its weight or bias.
std::int64_t inputs_of(const ParameterShapes& shapes, const std::string& name)
{
    const std::string layer = name.substr(0, name.rfind('.'));
    const std::vector<std::int64_t>& weight = shapes.at(layer + ".weight");
    std::int64_t inputs = 1;
    for (std::size_t i = 1; i < weight.size(); ++i)
        inputs *= weight[i];
    return inputs;
}

Tensor initial_values(const ParameterShapes& shapes, const std::string& name, std::uint64_t seed,
                      std::uint32_t number)
{
    const std::vector<std::int64_t>& shape = shapes.at(name);
    if (starts_at_zero(name))
        return at::zeros(shape);
    if (name.ends_with(".positional_embedding"))
        return normal_values(shape, 1 / std::sqrt(static_cast<double>(shape[0])), seed, number);
    if (name == "label_emb.weight")
        return normal_values(shape, 1, seed, number);
    const std::string layer = name.substr(0, name.rfind('.'));
    if (shapes.at(layer + ".weight").size() == 1) // a norm
        return name.ends_with(".weight") ? at::ones(shape) : at::zeros(shape);
    return uniform_values(shape, 1 / std::sqrt(static_cast<double>(inputs_of(shapes, name))), seed, number);
}

} // namespace

Parameters::Parameters(const NetworkGraph& graph, at::Device device) : shapes_(parameter_shapes(graph))
{
    std::int64_t total = 0;
    for (const auto& [name, shape] : shapes_) {
        std::int64_t count = 1;
        for (const std::int64_t size : shape)
            count *= size;
        slots_.push_back({name, total, count, true, shape.size() > 1 && name.ends_with(".weight")});
        total += (count + 15) / 16 * 16; // every parameter starts on a line of the cache
    }
    const at::TensorOptions options = at::TensorOptions(at::kFloat).device(device);
    for (Tensor& part : parts_)
        part = at::zeros({total}, options);
    gradients_ = at::zeros({total}, options);
    for (const Slot& slot : slots_) {
        Tensor leaf = view(parts_[0], slot).detach().requires_grad_(true);
        leaf.mutable_grad() = view(gradients_, slot);
        leaves_.emplace(slot.name, std::move(leaf));
    }
}

Tensor Parameters::view(const Tensor& buffer, const Slot& slot) const
{
    const std::vector<std::int64_t>& shape = shapes_.at(slot.name);
    const Tensor flat = buffer.narrow(0, slot.offset, slot.count);
    if (shape.size() == 4)
        return flat.view({shape[0], shape[2], shape[3], shape[1]}).permute({0, 3, 1, 2});
    return flat.view(shape);
}

StateDict Parameters::views(Part part) const
{
    StateDict views;
    for (const Slot& slot : slots_)
        views.emplace(slot.name, view(parts_[static_cast<std::size_t>(part)], slot));
    return views;
}

void Parameters::initialise(std::uint64_t seed)
{
    StateDict values;
    std::uint32_t number = 0;
    for (const auto& [name, shape] : shapes_)
        values.emplace(name, initial_values(shapes_, name, seed, number++));
    copy_values(values);
}

void Parameters::copy_values(const StateDict& values)
{
    for (const Slot& slot : slots_)
        view(parts_[0], slot).copy_(values.at(slot.name));
    parts_[1].copy_(parts_[0]);
}

void Parameters::freeze_all_but_attention()
{
    for (Slot& slot : slots_) {
        slot.trained = of_attention(slot.name);
        if (!slot.trained)
            leaves_.at(slot.name).requires_grad_(false);
    }
}

double Parameters::gradient_norm() const
{
    if (!gradients_.is_cpu())
        return gradients_.norm().item<double>();
    double sum = 0;
    for (const Slot& slot : slots_)
        sum += row_kernels().sum_of_squares(gradients_.data_ptr<float>() + slot.offset, slot.count);
    return std::sqrt(sum);
}

void Parameters::clear_gradients()
{
    gradients_.zero_();
}

void Parameters::step(const AdamStep& step)
{
    const auto& [values, average, first, second] = parts_;
    for (const Slot& slot : slots_) {
        if (!slot.trained)
            continue;
        AdamStep own = step;
        own.decay = slot.decays ? step.decay : 0;
        if (gradients_.is_cpu()) {
            const auto at = [&](const Tensor& part) { return part.data_ptr<float>() + slot.offset; };
            at::parallel_for(0, slot.count, 1 << 16, [&](std::int64_t begin, std::int64_t end) {
                row_kernels().adam(own, end - begin, at(gradients_) + begin, at(values) + begin,
                                   at(first) + begin, at(second) + begin, at(average) + begin);
            });
            continue;
        }
        const auto at = [&](const Tensor& part) { return part.narrow(0, slot.offset, slot.count); };
        const Tensor g = at(gradients_) * own.gradient_scale;
        at(first).lerp_(g, 1 - own.beta_1);
        at(second).lerp_(g * g, 1 - own.beta_2);
        const Tensor size = (at(second) * own.correction_2).sqrt_().add_(own.eps);
        at(values).sub_(own.rate * (at(first) * own.correction_1 / size + own.decay * at(values)));
        at(average).lerp_(at(values), own.average_weight);
    }
}

} // namespace lacuna::training
