// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/objective.h"

#include <cmath>
#include <numeric>

#include "engine/core/error.h"

namespace lacuna::training {

namespace {

constexpr double classifier_noise = 0.2;

/// The mean of rows of numbers, always added in the same order.
double mean_of_rows(const Tensor& rows)
{
    const Tensor sums = rows.flatten(1).sum(1).to(at::kCPU, at::kDouble);
    const double* const sum = sums.data_ptr<double>();
    return std::accumulate(sum, sum + sums.numel(), 0.0) / static_cast<double>(rows.numel());
}

} // namespace

Objective::Objective(const TrainConfig& config, const PictureSource& source, at::Device device)
    : size_(config.data.size),
      channels_(source.channels()),
      condition_channels_(source.condition_channels()),
      attributes_(config.objective == TrainConfig::Objective::Attributes),
      v_(config.objective == TrainConfig::Objective::V),
      sigmas_(sigma_table(config.process)),
      device_(device)
{
    for (const scenes::Attribute& attribute : source.attributes())
        value_counts_.push_back(static_cast<std::int64_t>(attribute.values.size()));
    const NetworkGraph graph = network_graph(config.network);
    const auto refuse = [](const std::string& cause) {
        throw Error(ErrorKind::Input, "The network", cause, "Correct the configuration of the training");
    };
    const std::int64_t values = std::accumulate(value_counts_.begin(), value_counts_.end(), std::int64_t{0});
    if (attributes_ && graph.out_channels() != values)
        refuse("must have " + std::to_string(values)
               + " outputs, one for each value of the attributes of this world");
    if (config.class_attribute.empty())
        return;
    class_attribute_ = scenes::find_world(config.data.name).attribute_index(config.class_attribute);
    const std::int64_t classes = value_counts_[static_cast<std::size_t>(class_attribute_)];
    if (graph.classes != classes)
        refuse("must have " + std::to_string(classes) + " classes, one for each value of "
               + printable(config.class_attribute));
}

std::vector<std::int64_t> Objective::shape(const Batch& batch) const
{
    return {batch.rows, channels_, size_, size_};
}

Tensor Objective::pictures(const Batch& batch, const std::vector<float>& values) const
{
    const std::int64_t channels = static_cast<std::int64_t>(values.size()) / batch.rows / size_ / size_;
    return at::from_blob(const_cast<float*>(values.data()), {batch.rows, size_, size_, channels}, at::kFloat)
        .clone()
        .to(device_)
        .permute({0, 3, 1, 2});
}

Tensor Objective::labels(const Batch& batch) const
{
    if (class_attribute_ < 0)
        return {};
    std::vector<std::int64_t> values;
    for (const scenes::Attributes& attributes : batch.attributes)
        values.push_back(attributes[static_cast<std::size_t>(class_attribute_)]);
    return at::tensor(values, at::kLong).to(device_);
}

Tensor Objective::condition(const Batch& batch) const
{
    return condition_channels_ > 0 ? pictures(batch, batch.condition) : Tensor();
}

Objective::Outcome Objective::outcome(NetworkModule& network, const Batch& batch) const
{
    return attributes_ ? attribute_outcome(network, batch) : noise_outcome(network, batch);
}

Objective::Outcome Objective::noise_outcome(NetworkModule& network, const Batch& batch) const
{
    std::vector<float> signal, spread, timesteps;
    for (const double time : batch.times) {
        const double k = std::floor(time * static_cast<double>(sigmas_.size()));
        const double sigma = sigmas_[static_cast<std::size_t>(k)];
        timesteps.push_back(static_cast<float>(k));
        signal.push_back(static_cast<float>(1 / std::sqrt(1 + sigma * sigma)));
        spread.push_back(static_cast<float>(sigma / std::sqrt(1 + sigma * sigma)));
    }
    const auto rows = [&](const std::vector<float>& values) {
        return at::tensor(values, at::kFloat).to(device_).view({batch.rows, 1, 1, 1});
    };
    const Tensor x0 = pictures(batch, batch.pictures), eps = pictures(batch, batch.noise);
    const Tensor target = v_ ? rows(signal) * eps - rows(spread) * x0 : eps;
    Tensor input = rows(signal) * x0 + rows(spread) * eps;
    if (condition_channels_ > 0)
        input = at::cat({input, condition(batch)}, 1);
    const Tensor result =
        network.forward(input, at::tensor(timesteps, at::kFloat).to(device_), labels(batch));
    const Tensor difference = result.detach() - target;
    const Tensor weighted = batch.weights.empty() ? difference : difference * pictures(batch, batch.weights);
    return {result, weighted * (2.0 / static_cast<double>(difference.numel())),
            mean_of_rows(weighted * difference)};
}

Objective::Outcome Objective::attribute_outcome(NetworkModule& network, const Batch& batch) const
{
    std::vector<float> sigmas;
    for (const double time : batch.times)
        sigmas.push_back(static_cast<float>(classifier_noise * time));
    const Tensor sigma = at::tensor(sigmas, at::kFloat).to(device_).view({batch.rows, 1, 1, 1});
    const Tensor input = pictures(batch, batch.pictures) + sigma * pictures(batch, batch.noise);
    const Tensor result =
        network.forward(input, at::zeros({batch.rows}, at::TensorOptions(at::kFloat).device(device_)));
    const Tensor logits = result.detach();
    const Tensor gradient = at::empty_like(logits);
    const double count = static_cast<double>(batch.rows) * static_cast<double>(value_counts_.size());
    double loss = 0;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < value_counts_.size(); ++i) {
        std::vector<std::int64_t> truth;
        for (const scenes::Attributes& attributes : batch.attributes)
            truth.push_back(attributes[i]);
        const Tensor wanted = at::one_hot(at::tensor(truth, at::kLong).to(device_), value_counts_[i]);
        const Tensor log_p = logits.narrow(1, first, value_counts_[i]).log_softmax(1);
        gradient.narrow(1, first, value_counts_[i]).copy_((log_p.exp() - wanted) / count);
        loss -= mean_of_rows(log_p * wanted) * static_cast<double>(value_counts_[i]);
        first += value_counts_[i];
    }
    return {result, gradient, loss / static_cast<double>(value_counts_.size())};
}

} // namespace lacuna::training
