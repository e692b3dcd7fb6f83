// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/set_quality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/error.h"
#include "engine/evaluation/known_scene.h"
#include "engine/models/state_dict.h"
#include "engine/models/threads_here.h"

namespace lacuna {

Lpips read_lpips(const std::filesystem::path& vgg, const std::filesystem::path& heads)
{
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

Tensor rgb_images(const std::vector<Picture>& pictures)
{
    std::vector<Picture> rgb(pictures.size());
    std::transform(pictures.begin(), pictures.end(), rgb.begin(), to_rgb8);
    return images_of(rgb);
}

double set_lpips(const Lpips& lpips, const std::vector<Picture>& pictures)
{
    if (pictures.size() < 2)
        return std::nan("");
    const ThreadsHere one(1); // sums of more threads are rounded otherwise
    try {
        return mean_of_pairs(lpips.pairwise(rgb_images(pictures)));
    } catch (const Error&) {
        return std::nan(""); // too small
    }
}

std::vector<double> niqe_of(const std::vector<Picture>& pictures, const NiqeModel& model, std::string& why)
{
    std::vector<double> values;
    for (const Picture& picture : pictures)
        try {
            values.push_back(niqe(picture, model));
        } catch (const Error& error) {
            values.push_back(std::nan(""));
            why = error.cause();
        }
    return values;
}

double mean_of(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

SweepMeasure lpips_measure()
{
    return {"LPIPS", "VGG-16, v0.1, mean of pairs", true};
}

SweepMeasure niqe_measure(const NiqeParameters& parameters)
{
    return {niqe_name(parameters), "mean", false};
}

} // namespace lacuna
