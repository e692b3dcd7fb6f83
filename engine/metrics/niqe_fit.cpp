// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/niqe_fit.h"

#include <cstring>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/metrics/mat_file.h"
#include "engine/metrics/npz.h"
#include "engine/models/model_folder.h"
#include "engine/models/state_dict.h"

namespace lacuna {

namespace {

constexpr int features = 36;
constexpr double sharp = 0.75;

/// One array of a published file.
Tensor tensor_of(const std::map<std::string, NumberArray>& arrays, const std::string& name,
                 const std::vector<std::int64_t>& shape, const std::filesystem::path& path,
                 const std::string& action)
{
    const auto array = arrays.find(name);
    if (array == arrays.end() || array->second.shape != shape)
        throw Error(ErrorKind::Input, path.string(), "has no '" + name + "' of the right shape", action);
    return at::tensor(array->second.values, at::kDouble).reshape(shape);
}

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
    return read_niqe_parameters(path).model;
}

NiqeParameters read_niqe_parameters(const std::filesystem::path& path)
{
    NiqeParameters parameters;
    if (path.extension() == ".mat") {
        const auto arrays = read_mat(path);
        const std::string action = "Use the published niqe_modelparameters.mat";
        parameters.model = {.mu = tensor_of(arrays, "mu_prisparam", {1, features}, path, action),
                            .covariance =
                                tensor_of(arrays, "cov_prisparam", {features, features}, path, action),
                            .window = niqe_window()};
    } else if (path.extension() == ".npz") {
        const auto arrays = read_npz(path);
        const std::string action = "Use the published niqe_pris_params.npz";
        parameters.model = {.mu = tensor_of(arrays, "mu_pris_param", {1, features}, path, action),
                            .covariance =
                                tensor_of(arrays, "cov_pris_param", {features, features}, path, action),
                            .window = tensor_of(arrays, "gaussian_window", {7, 7}, path, action)};
    } else {
        const Checkpoint file = Checkpoint::open(path);
        const StateDict tensors = read_state_dict(file,
                                                  {{"mu_pris_param", {1, features}},
                                                   {"cov_pris_param", {features, features}},
                                                   {"gaussian_window", {7, 7}}},
                                                  at::kDouble);
        parameters.model = {.mu = tensors.at("mu_pris_param"),
                            .covariance = tensors.at("cov_pris_param"),
                            .window = tensors.at("gaussian_window")};
        const auto source = file.metadata().find("source");
        parameters.source = source == file.metadata().end() ? "an unnamed set of pictures" : source->second;
    }
    NiqeModel& model = parameters.model;
    model.mu = model.mu.reshape({features});
    for (const Tensor& tensor : {model.mu, model.covariance, model.window})
        if (!at::isfinite(tensor).all().item<bool>())
            throw Error(ErrorKind::Input, path.string(), "has parameters that are not finite",
                        "Get or fit the parameters again");
    return parameters;
}

NiqeParameters find_niqe_parameters(const std::string& name_or_file)
{
    std::error_code error;
    if (name_or_file != niqe_renders || std::filesystem::is_regular_file(name_or_file, error))
        return read_niqe_parameters(name_or_file);
    return read_niqe_parameters(bundled_folder("metrics")
                                / (std::string("niqe-") + niqe_renders + ".safetensors"));
}

std::string niqe_name(const NiqeParameters& parameters)
{
    return parameters.source.empty() ? "NIQE" : "NIQE by fitted parameters";
}

std::string niqe_note(const NiqeParameters& parameters)
{
    return parameters.source.empty()
               ? ""
               : "NIQE: parameters " + printable(parameters.source) + "; not comparable with published NIQE.";
}

} // namespace lacuna
