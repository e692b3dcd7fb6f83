// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/features/feature_extractor.h"

namespace lacuna {

/// Rows of one extractor by the content of pictures: a picture is looked at once, however often it comes and under
/// whatever name.
class FeatureCache {
public:
    explicit FeatureCache(std::shared_ptr<const FeatureExtractor>);

    /// pictures of one size -> [N,F] float64. Throws Error{Input} naming the first picture whose features are not
    /// finite.
    Tensor features(const std::vector<Picture>&);
    std::size_t computed() const { return computed_; } ///< rows that had to be computed since the beginning

private:
    std::shared_ptr<const FeatureExtractor> extractor_;
    std::map<std::string, Tensor> rows_{}; ///< [1,F] by content_hash
    std::size_t computed_ = 0;
};

} // namespace lacuna
