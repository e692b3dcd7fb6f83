// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/measures.h"

#include <cmath>
#include <filesystem>
#include <map>

#include <CLI/CLI.hpp>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_tensor.h"
#include "engine/features/weight_files.h"
#include "engine/models/state_dict.h"

namespace lacuna::cli {

namespace fs = std::filesystem;

void add_measure_options(CLI::App& command, MeasureArguments& a)
{
    command.add_flag("--lpips", a.lpips, "Add LPIPS (needs the published weights)");
    command.add_option("--lpips-heads", a.heads, "File of LPIPS' linear heads, or the folder that it is in");
    command.add_option(
        "--niqe", a.niqe,
        "Parameters of NIQE: the published .mat or .npz, a file of 'niqe fit', or \"renders\": fitted "
        "on Lacuna's renders, not comparable with published NIQE");
}

Lpips read_lpips(const MeasureArguments& a, const FeatureArguments& features)
{
    const bool holds_vgg = features.name.starts_with("vgg16") || fs::is_directory(features.weights);
    const fs::path vgg = find_weight_file("vgg16", holds_vgg ? features.weights : "");
    const bool folder = a.heads.empty() && fs::is_directory(features.weights);
    const fs::path heads = find_weight_file("lpips", folder ? features.weights : a.heads);

    std::map<std::string, std::vector<std::int64_t>> trunk, linear;
    for (const TrunkParameter& parameter : trunk_parameters(Trunk::Vgg16))
        trunk[parameter.name] = parameter.shape;
    const std::vector<std::int64_t> channels = trunk_channels(Trunk::Vgg16);
    for (std::size_t tap = 0; tap < channels.size(); ++tap)
        linear["lin" + std::to_string(tap) + ".model.1.weight"] = {1, channels[tap], 1, 1};
    TrunkWeights weights;
    for (auto& [name, tensor] : read_state_dict(Checkpoint::open(vgg), trunk))
        weights[name] = tensor;
    const StateDict file = read_state_dict(Checkpoint::open(heads), linear);
    std::vector<Tensor> list;
    for (const auto& [name, shape] : linear) // lin0 .. lin4
        list.push_back(file.at(name));
    return Lpips(Trunk::Vgg16, std::move(weights), std::move(list));
}

Tensor images_of(const Pool& pool)
{
    std::vector<Tensor> images;
    for (const Picture& picture : pool.pictures)
        images.push_back(tensor_of(to_rgb8(picture)));
    return at::cat(images, 0);
}

Interval mean_pair(const Tensor& distances)
{
    const Tensor d = distances.to(at::kDouble).contiguous();
    const double* value = d.data_ptr<double>();
    const auto size = std::size_t(d.size(0));
    // Drawn again, a candidate has no distance from itself.
    return bootstrap(size,
                     [&](const std::vector<std::size_t>& drawn) {
                         double sum = 0;
                         int pairs = 0;
                         for (std::size_t i = 0; i < drawn.size(); ++i)
                             for (std::size_t j = 0; j < i; ++j)
                                 if (drawn[i] != drawn[j]) {
                                     sum += value[drawn[i] * size + drawn[j]];
                                     ++pairs;
                                 }
                         return sum / pairs;
                     },
                     {.resamples = size > 300 ? 100 : 1000});
}

std::vector<double> niqe_of(const Pool& pool, const NiqeModel& model, std::string& why)
{
    std::vector<double> values;
    for (const Picture& picture : pool.pictures)
        try {
            values.push_back(niqe(picture, model));
        } catch (const Error& error) {
            values.push_back(std::nan(""));
            why = error.cause();
        }
    return values;
}

} // namespace lacuna::cli
