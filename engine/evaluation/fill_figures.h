// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/core/tensor.h"
#include "engine/evaluation/frechet.h"
#include "engine/evaluation/known_scene.h"

namespace lacuna {

/// measure_seam of a whole picture [3,H,W] that fills the hole of the scene: mean step across the border of the hole
/// over the mean step beside it.
double seam_of(const KnownScene&, const Tensor& image);

/// Correlation, over all channels, of the hole's pixels with their mirror images about the vertical middle, as far as
/// those are known. No value where fewer than half of the hole's pixels have a known mirror image, or without
/// variation.
std::optional<double> mirror_correlation(const Tensor& image, const Mask&);

/// A NIQE-like score for small pictures: statistics of contrast-normalised brightness around the hole, compared with
/// those of real renders. As NIQE (restoration.md 6.2) with moments instead of fitted shapes, on one block.
class Naturalness {
public:
    /// Learns from real renders of scenes with this kind of hole: images[i] [3,H,W] belongs to masks[i].
    Naturalness(const std::vector<Tensor>& images, const std::vector<Mask>& masks);
    /// About 1 for real renders, larger is worse: root of the mean squared distance over the features.
    double score(const Tensor& image, const Mask&) const;

private:
    FittedGaussian real_;
};

/// 20 statistics of the hole's surroundings in a picture [3,H,W] in [-1,1], float64.
Tensor naturalness_features(const Tensor& image, const Mask&);

/// Mean Euclidean distance over all pairs of rows [N,F]; 0 for fewer than two.
double mean_pair_distance(const Tensor& features);

} // namespace lacuna
