// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/tensor.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// ResNet-50 as in torchvision (He et al. 2015, with the stride in the 3 x 3 convolution), for inference: each batch
/// norm is folded into its convolution.
class ResidualNetwork {
public:
    /// Where the features of restoration.md 5.1 are taken, each after its ReLU.
    enum class Tap {
        Layer4Block1Squeeze, ///< first 1 x 1 convolution of the second block of layer 4: [N,512,H/32,W/32]
        Layer4Block2Middle,  ///< 3 x 3 convolution of its third block: [N,512,H/32,W/32]
        Activations          ///< the end of layer 4: [N,2048,H/32,W/32]
    };

    /// Parameters by torchvision's names behind `prefix`, such as "backbone.". The last linear layer has `outputs`
    /// rows. Throws Error{Input}.
    ResidualNetwork(const Checkpoint&, const std::string& prefix, std::int64_t outputs);

    /// images [N,3,H,W] as the network was trained, sides at least 32. Values of an image depend on it alone.
    Tensor tap(const Tensor& images, Tap) const;
    /// pooled [N,2048] -> [N,outputs].
    Tensor linear(const Tensor& pooled) const;

private:
    StateDict weights_{};
};

} // namespace lacuna
