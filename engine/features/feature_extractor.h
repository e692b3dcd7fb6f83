// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"

namespace lacuna {

/// Turns pictures into rows whose Euclidean distance means difference to a person.
class FeatureExtractor {
public:
    virtual ~FeatureExtractor() = default;
    /// images [N,3,H,W] in [-1,1] -> [N,F] float64.
    virtual Tensor features(const Tensor& images) const = 0;
};

} // namespace lacuna
