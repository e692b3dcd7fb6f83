// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/dataset_model.h"

#include <type_traits>
#include <utility>

#include <ATen/detail/CUDAHooksInterface.h>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/error.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/models/state_dict.h"

namespace lacuna {

namespace {

/// The factor by which a network makes the sides of its pictures smaller.
int reduction(const NetworkConfig& config)
{
    return std::visit(
        [](const auto& c) -> int {
            if constexpr (std::is_same_v<std::decay_t<decltype(c)>, DdpmConfig>)
                return 1 << (c.ch_mult.size() - 1);
            else
                return c.unshuffle << ((c.channel_mult.empty() ? default_channel_mult(c.image_size)
                                                               : c.channel_mult)
                                           .size()
                                       - 1);
        },
        config);
}

ModelPreset preset_of(const Checkpoint& checkpoint, const std::string& file, const std::string& preset_id)
{
    if (!preset_id.empty())
        return find_preset(preset_id);
    if (const auto stored = stored_preset(checkpoint.metadata(), file))
        return *stored;
    const std::string sha256 = checkpoint.sha256();
    for (const ModelPreset& preset : known_presets())
        if (preset.sha256 == sha256)
            return preset;
    throw Error(
        ErrorKind::Input, file, "does not say which network its weights belong to",
        "Give --preset ('lacuna-cli models inspect FILE' names the presets that fit), or convert it once "
        "with 'lacuna-cli models convert'");
}

Prediction prediction_of(NoiseProcess::Output output)
{
    switch (output) {
    case NoiseProcess::Output::Eps:
        return Prediction::Eps;
    case NoiseProcess::Output::X0:
        return Prediction::X0;
    case NoiseProcess::Output::V:
        return Prediction::V;
    }
    return Prediction::Eps;
}

Preconditioning preconditioning_of(const NoiseProcess& process)
{
    switch (process.kind) {
    case NoiseProcess::Kind::Discrete:
        return discrete_preconditioning(sigma_table(process), prediction_of(process.prediction),
                                        TimestepRule::NearestLog);
    case NoiseProcess::Kind::Edm:
        return edm_preconditioning(process.sigma_data);
    case NoiseProcess::Kind::Vp:
        return vp_preconditioning();
    case NoiseProcess::Kind::Ve:
        return ve_preconditioning();
    case NoiseProcess::Kind::Iddpm:
        return iddpm_preconditioning();
    }
    return {};
}

} // namespace

at::Device find_device(const std::string& name)
{
    const bool has_cuda = at::globalContext().hasCUDA();
    if (name == "cpu" || (name == "auto" && !has_cuda))
        return at::kCPU;
    if (name == "auto")
        return {at::kCUDA, 0};
    const auto refuse = [&](const std::string& cause) {
        throw Error(ErrorKind::Usage, "--device " + printable(name), cause, "Use cpu", "Nothing was run.");
    };
    const std::string number = name.starts_with("cuda:") ? name.substr(5) : name == "cuda" ? "0" : "";
    if (number.size() != 1 || number[0] < '0' || number[0] > '9')
        refuse("is not a device: there are auto, cpu, cuda and cuda:0 to cuda:9");
    if (!has_cuda)
        refuse("is not there: this LibTorch or this machine has no CUDA");
    const int index = number[0] - '0';
    if (index >= static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()))
        refuse("is not there: this machine has fewer CUDA devices");
    return {at::kCUDA, static_cast<at::DeviceIndex>(index)};
}

at::ScalarType find_precision(const std::string& name, const at::Device& device)
{
    const auto refuse = [&](const std::string& cause) {
        throw Error(ErrorKind::Usage, "--precision " + printable(name), cause, "Use float",
                    "Nothing was run.");
    };
    if (name == "float")
        return at::kFloat;
    if (name != "bfloat16" && name != "half")
        refuse("is not one of float, bfloat16 and half");
    if (device.is_cpu())
        refuse("is for CUDA: on the processor it is slower and less exact");
    return name == "half" ? at::kHalf : at::kBFloat16;
}

int DatasetModel::size_multiple() const
{
    return reduction(preset.architecture);
}

std::optional<PictureForm> picture_form(const NetworkGraph& graph)
{
    const std::int64_t in = graph.in_channels(), out = graph.out_channels();
    const std::int64_t channels = out == 1 || out == 2 ? 1 : out == 3 || out == 6 ? 3 : 0;
    if (channels == 0 || in < channels || in % channels != 0)
        return {};
    return PictureForm{.channels = channels, .frames = in / channels - 1};
}

DatasetModel load_model(const std::filesystem::path& path, const std::string& preset_id,
                        const ModelPlacement& placement)
{
    const Checkpoint checkpoint = Checkpoint::open(path);
    DatasetModel model{.preset = preset_of(checkpoint, path.string(), preset_id), .placement = placement};
    if (std::holds_alternative<EncoderConfig>(model.preset.architecture))
        throw Error(ErrorKind::Input, path.string(), "holds a classifier, which cannot make pictures",
                    "Use a diffusion model");
    NetworkGraph graph = network_graph(model.preset.architecture);
    StateDict weights = read_state_dict(checkpoint, parameter_shapes(graph));
    model.sha256 = checkpoint.sha256();
    model.network =
        make_network(std::move(graph), std::move(weights), path.string(),
                     {.device = placement.device, .dtype = placement.dtype, .plan = placement.plan});
    return model;
}

std::unique_ptr<Denoiser> make_denoiser(const DatasetModel& model, int label, Tensor condition)
{
    const std::int64_t classes = model.network->graph().classes;
    if (classes > 0 && label < 0)
        throw Error(ErrorKind::Usage, "--class",
                    "is missing: the model " + model.preset.id + " makes pictures of "
                        + std::to_string(classes) + " classes",
                    "Use a number from 0 to " + std::to_string(classes - 1), "Nothing was run.");
    if (classes > 0 && label >= classes)
        throw Error(ErrorKind::Usage, "--class " + std::to_string(label),
                    "is not a class of the model " + model.preset.id,
                    "Use a number from 0 to " + std::to_string(classes - 1), "Nothing was run.");
    if (classes == 0 && label >= 0)
        throw Error(ErrorKind::Usage, "--class",
                    "is given, but the model " + model.preset.id + " has no classes", "Leave it out",
                    "Nothing was run.");
    const Tensor y = classes > 0
                         ? at::full({1}, label, at::TensorOptions(at::kLong).device(model.placement.device))
                         : Tensor();
    return std::make_unique<PreconditionedDenoiser>(as_network(model.network, y, std::move(condition)),
                                                    preconditioning_of(model.preset.process));
}

} // namespace lacuna
