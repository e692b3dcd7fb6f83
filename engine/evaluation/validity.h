// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/evaluation/attribute_judge.h"
#include "engine/evaluation/known_scene.h"

namespace lacuna {

/// What makes a fill valid, learned from real renders. A fill is valid when
///  - every attribute inside the mask is recognised: the probability of its likeliest value is not below the 1 %
///    quantile of those of real renders that are read as this value,
///  - every attribute apart from the mask is read as it is in the scene,
///  - its features are not farther from the nearest of the reference renders than 99 % of other real renders.
/// Real renders obey the same rule, and not always: their share is what that of fills is compared with.
class Validity {
public:
    /// Renders 2 * `renders` held-out scenes: one half is the reference, the other sets the thresholds.
    Validity(const scenes::World&, const AttributeJudge&, int size, int renders);

    /// For each row of the judgement.
    std::vector<bool> valid(const KnownScene&, const AttributePlaces&, const Judgement&) const;
    /// Whether every attribute inside is recognised.
    bool recognised(const AttributePlaces&, const Reading&) const;
    /// Distance of each row [N,F] to the nearest reference render, [N] float64.
    Tensor distance(const Tensor& features) const;

    double distance_limit() const { return distance_limit_; }
    const Tensor& reference() const { return reference_; } ///< [renders,F]
    /// Share of the threshold renders whose value is read right, by attribute.
    const std::vector<double>& accuracy() const { return accuracy_; }
    int renders() const { return static_cast<int>(reference_.size(0)); }

private:
    void learn_confidence(const std::vector<Reading>&, const std::vector<AttributeGroup>&);

    const AttributeJudge& judge_;
    Tensor reference_{};
    std::vector<std::vector<double>> least_confidence_{}; ///< by attribute and value
    std::vector<double> accuracy_{};
    double distance_limit_ = 0;
};

} // namespace lacuna
