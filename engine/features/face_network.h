// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/tensor.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// The improved residual network of 50 layers that ArcFace descriptors come from (Deng et al. 2019), with or without
/// squeeze-and-excitation: which of the two is seen from the parameters ("input_layer", "body", "output_layer").
class FaceNetwork {
public:
    explicit FaceNetwork(const Checkpoint&); ///< throws Error{Input}

    /// faces [N,3,112,112] in [-1,1], aligned -> descriptors [N,512] of length 1.
    Tensor describe(const Tensor& faces) const;

private:
    Tensor normalised(const Tensor& x, const std::string& name) const;

    StateDict weights_{};
    bool excitation_ = false;
};

} // namespace lacuna
