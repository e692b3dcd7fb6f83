// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Classification networks whose features LPIPS compares: VGG16, AlexNet and SqueezeNet 1.1 as in torchvision.
enum class Trunk { Vgg16, AlexNet, SqueezeNet };

/// Parameters by torchvision's names, such as "features.0.weight". Others ("classifier.*") are ignored.
using TrunkWeights = std::map<std::string, Tensor>;

struct TrunkParameter {
    std::string name;
    std::vector<std::int64_t> shape;
};
/// What a trunk needs, in the order of torchvision's state dictionary.
std::vector<TrunkParameter> trunk_parameters(Trunk);

/// Channels of the taps: five for VGG16 and AlexNet, seven for SqueezeNet.
std::vector<std::int64_t> trunk_channels(Trunk);

/// Throws Error{Input} naming the first parameter that is missing or has another shape.
void check_trunk(Trunk, const TrunkWeights&);

/// Images [N,3,H,W], normalised as the trunk was trained, sides at least 32 -> the features that LPIPS looks at,
/// each after its ReLU. Zhang et al. 2018; restoration.md 6.1.
std::vector<Tensor> trunk_taps(Trunk, const TrunkWeights&, const Tensor& images);

} // namespace lacuna
