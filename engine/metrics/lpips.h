// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/metrics/lpips_trunks.h"

namespace lacuna {

/// Learned perceptual distance, version 0.1: features of a trunk, normalised to unit length at every position; their
/// squared differences are weighted by channel and averaged over the positions, then added up over the taps.
/// Zhang et al. 2018; restoration.md 6.1. Values of each image are computed by themselves: batches change nothing.
class Lpips {
public:
    /// heads: for each tap one non-negative weight a channel, [C] or [1,C,1,1]. Throws Error{Input}.
    Lpips(Trunk, TrunkWeights, std::vector<Tensor> heads);

    /// What each tap contributes to the distances between a[i] and b[i], images [N,3,H,W] in [-1,1]: [N,taps] float64.
    /// Throws Error{Input} for sides below 32 pixels.
    Tensor parts(const Tensor& a, const Tensor& b) const;
    /// The sums of the parts, [N] float64.
    Tensor distance(const Tensor& a, const Tensor& b) const { return parts(a, b).sum(1); }
    /// Distances between all images [N,3,H,W]: [N,N] float64, symmetric, zero diagonal. The trunk runs once for each
    /// image; its features stay in memory (VGG16 at 256 x 256: 32 MB an image).
    Tensor pairwise(const Tensor& images) const;

private:
    std::vector<Tensor> embed(const Tensor& image) const;

    Trunk trunk_;
    TrunkWeights weights_{};
    std::vector<Tensor> roots_{}; ///< square roots of the heads, [1,C,1,1]
};

/// Diversity of a set: the mean over all pairs of different rows of a matrix [N,N]; 0 for fewer than two rows.
double mean_of_pairs(const Tensor& distances);
double lpips_diversity(const Lpips&, const Tensor& images);

} // namespace lacuna
