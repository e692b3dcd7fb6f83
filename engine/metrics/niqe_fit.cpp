// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/niqe_fit.h"

#include <cstring>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/metrics/npz.h"
#include "engine/models/state_dict.h"

namespace lacuna {

namespace {

constexpr int features = 36;
constexpr double sharp = 0.75;

} // namespace

Tensor niqe_window()
{
    const Tensor x = at::arange(7, at::kDouble) - 3;
    const Tensor weights = (-x.square() / (2 * (7.0 / 6) * (7.0 / 6))).exp();
    const Tensor window = at::outer(weights, weights);
    return (window / window.sum()).to(at::kFloat).to(at::kDouble);
}

void NiqeFit::add(const Tensor& luma)
{
    const Tensor rows = niqe_features(luma, niqe_window());
    const std::int64_t down = luma.size(0) / niqe_block, across = luma.size(1) / niqe_block;
    const Tensor deviation = niqe_deviation(
        luma.to(at::kDouble).slice(0, 0, down * niqe_block).slice(1, 0, across * niqe_block).contiguous(),
        niqe_window());
    // Blocks go down the columns first, as the features do.
    const Tensor sharpness =
        deviation.reshape({down, niqe_block, across, niqe_block}).mean({1, 3}).t().reshape({-1});
    const double least = sharp * sharpness.max().item<double>();
    for (std::int64_t block = 0; block < rows.size(0); ++block)
        if (sharpness[block].item<double>() >= least && at::isfinite(rows[block]).all().item<bool>())
            rows_.push_back(rows[block].clone());
    ++pictures_;
}

NiqeModel NiqeFit::model() const
{
    if (blocks() < 2 * features)
        throw Error(ErrorKind::Input, "The pictures",
                    "they have only " + std::to_string(blocks()) + " sharp blocks of 96 x 96 pixels",
                    "Add pictures until there are at least " + std::to_string(2 * features) + ".");
    const Tensor rows = at::stack(rows_);
    const Tensor centred = rows - rows.mean(0, /*keepdim=*/true);
    return {.mu = rows.mean(0),
            .covariance = at::matmul(centred.t(), centred) / (rows.size(0) - 1),
            .window = niqe_window()};
}

void write_niqe_model(const std::filesystem::path& path, const NiqeModel& model,
                      const std::map<std::string, std::string>& metadata)
{
    const std::map<std::string, Tensor> tensors{
        {"mu_pris_param", model.mu.to(at::kDouble).reshape({1, features}).contiguous()},
        {"cov_pris_param", model.covariance.to(at::kDouble).contiguous()},
        {"gaussian_window", model.window.to(at::kDouble).contiguous()}};
    std::map<std::string, SafetensorsEntry> entries;
    for (const auto& [name, tensor] : tensors)
        entries[name] = {DType::F64, tensor.sizes().vec()};
    write_safetensors(path, entries, metadata, [&](const std::string& name, std::span<std::byte> bytes) {
        std::memcpy(bytes.data(), tensors.at(name).data_ptr<double>(), bytes.size());
    });
}

NiqeModel read_niqe_model(const std::filesystem::path& path)
{
    const std::map<std::string, std::vector<std::int64_t>> shapes{{"mu_pris_param", {1, features}},
                                                                  {"cov_pris_param", {features, features}},
                                                                  {"gaussian_window", {7, 7}}};
    std::map<std::string, Tensor> tensors;
    if (path.extension() == ".npz") {
        const auto arrays = read_npz(path);
        for (const auto& [name, shape] : shapes) {
            const auto array = arrays.find(name);
            if (array == arrays.end() || array->second.shape != shape)
                throw Error(ErrorKind::Input, path.string(), "has no '" + name + "' of the right shape",
                            "Use the published niqe_pris_params.npz");
            tensors[name] = at::tensor(array->second.values, at::kDouble).reshape(shape);
        }
    } else {
        tensors = read_state_dict(Checkpoint::open(path), shapes, at::kDouble);
    }
    return {.mu = tensors.at("mu_pris_param").reshape({features}),
            .covariance = tensors.at("cov_pris_param"),
            .window = tensors.at("gaussian_window")};
}

} // namespace lacuna
