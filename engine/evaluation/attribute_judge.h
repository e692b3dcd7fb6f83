// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/features/feature_extractor.h"
#include "engine/models/attribute_metadata.h"
#include "engine/scenes/worlds/world.h"

namespace lacuna {

/// What a judge says about some pictures.
struct Judgement {
    Tensor
        probabilities; ///< [N,V] float64, V values of all groups one after the other; those of a group sum to 1
    Tensor features;   ///< [N,F] float64
};

/// One picture read: for every attribute its likeliest value (the first on ties) and that value's probability.
struct Reading {
    scenes::Attributes values{};
    std::vector<double> confidence{};
};

/// Tells the attributes of pictures of a world.
class AttributeJudge : public FeatureExtractor {
public:
    virtual const std::vector<AttributeGroup>& groups() const = 0;
    /// images [N,3,H,W] in [-1,1]. Row i depends on image i only.
    virtual Judgement judge(const Tensor& images) const = 0;

    Tensor features(const Tensor& images) const override { return judge(images).features; }
    std::vector<Reading> read(const Judgement&) const;
};

/// Throws Error{Input} naming `subject` unless the judge knows exactly the attributes of the world, in its order.
void require_world(const AttributeJudge&, const scenes::World&, const std::string& subject);

} // namespace lacuna
