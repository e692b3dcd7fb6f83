// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/evaluation/bootstrap.h"
#include "engine/selection/rows.h"

namespace lacuna {

/// Two Gaussians on a line, the smaller one first.
struct TwoGaussians {
    double share[2] = {0, 1}; ///< sum to 1
    double mean[2] = {0, 0};
    double deviation[2] = {0, 0};
    /// Twice the gain of log-likelihood over one Gaussian exceeds what three more parameters gain by chance (BIC).
    bool better_than_one = false;
};
/// Expectation-maximisation from three splits of the sorted numbers, the likeliest result; no deviation below a
/// twentieth of that of all numbers. At least four numbers that are not all equal.
TwoGaussians fit_two_gaussians(const std::vector<double>& numbers);

struct TailOptions {
    int resamples = 400;
    int gaussian_sets = 400; ///< to compare with
    int shown = 5;           ///< the number of random samples that the sentence speaks of
    std::uint64_t seed = 0;
};

enum class Tail {
    TooFew,    ///< candidates to tell
    Alike,     ///< all candidates
    RareGroup, ///< heavier than Gaussian sets; the smaller group is the tail
    FarOnes,   ///< the same, by candidates that form no group
    TwoGroups, ///< lighter than Gaussian sets
    Gaussian
};

/// How heavy the tail of a pool is along its first principal component. Cohen et al. 2024, sec. 3; restoration.md 5.4.
struct TailReport {
    int candidates = 0, dimension = 0;
    std::vector<double> scores{}; ///< of the candidates along the first component, in the features' units
    Interval kurtosis{};          ///< 3 for one Gaussian; the interval by drawing candidates again
    /// What sets of as many Gaussian candidates give: 2.5 %, median and 97.5 %.
    double gaussian_low = 0, gaussian_median = 0, gaussian_high = 0;
    double gaussians_as_heavy = 1; ///< share of such sets with at least this kurtosis
    TwoGaussians groups{};
    Tail tail = Tail::TooFew;
    std::string sentence{}; ///< what all of this means, for people
};

/// components: [N,K] principal components of the candidates, the first column of the largest variance. Below 20
/// candidates, or where all are alike (no score of the first component above `rounding`), there is only the sentence
/// that says so. Throws Error{Input} for values that are not finite.
TailReport tail_report(const FeatureRows& components, const TailOptions& = {}, double rounding = 1e-9);
/// Probability that so many random candidates have none of the smaller group.
double missed_by(const TailReport&, int shown);

} // namespace lacuna
