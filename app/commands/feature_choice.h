// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "app/commands/candidates.h"
#include "engine/evaluation/attribute_network.h"
#include "engine/features/feature_extractor.h"
#include "engine/features/region.h"

namespace lacuna::cli {

/// --features, --weights and --region.
void add_feature_options(CLI::App&, FeatureArguments&);
/// --pca, for commands that need few numbers of each picture.
void add_component_option(CLI::App&, FeatureArguments&);

/// How pictures of one size are compared.
struct Comparison {
    std::shared_ptr<const FeatureExtractor> extractor{};
    FeatureRegion region{};                          ///< what of a picture it is shown
    std::shared_ptr<const AttributeNetwork> judge{}; ///< the extractor, where it is one
};

/// Colours and pixels are those of the hole, or of the asked part of it; networks see whole pictures, and the
/// asked part where they take any size. Throws Error{Usage} or Error{Input}, also for weights that are missing.
Comparison comparison_of(const Mask& hole, const FeatureArguments&);

/// The attribute network WORLD-attributes of a world, or of a file.
std::shared_ptr<const AttributeNetwork> attribute_network(const std::string& world_or_file);

/// One row for each candidate, [N,F] float64; those that have features that are not finite are left out of the pool.
/// Throws Error{Input} where none is left.
Tensor features_of(Pool&, const Comparison&);
/// The leading components that the arguments ask for, or all features.
Tensor leading_components(const Tensor& features, const FeatureArguments&);

/// What these features are, for people: "colours and gradients (not LPIPS)".
std::string describe_features(const FeatureArguments&);

} // namespace lacuna::cli
