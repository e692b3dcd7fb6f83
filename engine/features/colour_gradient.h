// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/features/feature_extractor.h"

namespace lacuna {

/// Needs no weights: on a grid of cells over the picture the mean and spread of each colour and the mean gradient
/// in both directions, over hole pixels only. Cells without a hole pixel give zeros.
class ColourGradient final : public FeatureExtractor {
public:
    /// region [1,1,H,W], 1 in the hole.
    explicit ColourGradient(Tensor region, int cells = 4);
    Tensor features(const Tensor& images) const override; ///< [N, cells * cells * 8]

private:
    Tensor region_;
    int cells_;
};

} // namespace lacuna
