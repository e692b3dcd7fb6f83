// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// A discrete process of which only some timesteps are kept, its posterior q(z_{k-1} | z_k, x0) recomputed.
/// Variance preserving coordinates: z = sqrt(abar) x0 + sqrt(1 - abar) eps. samplers.md 1.4.
class RespacedProcess {
public:
    /// abar of all timesteps, decreasing; kept: ascending indices into it, at least two.
    RespacedProcess(const std::vector<double>& abar, std::vector<std::int64_t> kept);

    int size() const { return static_cast<int>(kept_.size()); }
    /// The original timestep that the network is told at position k.
    std::int64_t timestep(int k) const { return kept_[index(k)]; }
    double abar(int k) const { return k < 0 ? 1 : abar_[index(k)]; }
    double beta(int k) const { return 1 - abar(k) / abar(k - 1); }
    /// Variance of the posterior, 0 for the first.
    double posterior_variance(int k) const { return beta(k) * (1 - abar(k - 1)) / (1 - abar(k)); }
    /// Its logarithm; the first is replaced by the second.
    double log_posterior_variance(int k) const;

private:
    static std::size_t index(int k) { return static_cast<std::size_t>(k); }

    std::vector<std::int64_t> kept_;
    std::vector<double> abar_;
};

/// Where one ancestral step goes: z_{k-1} ~ N(mean, exp(log_variance)); the last step (k = 0) adds no noise.
struct AncestralMoments {
    Tensor mean;         ///< [N,...]
    Tensor log_variance; ///< [N,...]
    Tensor x0;           ///< [N,...] the clean estimate behind it
};

/// One step of a network with learned variance range: eps and v, both [N,...] like z; v in [-1, 1] interpolates
/// between the smallest and largest log variance. clip: x0 is clamped to [-1, 1]. samplers.md 1.4.
AncestralMoments ancestral_moments(const RespacedProcess&, int k, const Tensor& z, const Tensor& eps,
                                   const Tensor& v, bool clip);

} // namespace lacuna
