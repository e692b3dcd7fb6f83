// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/feature_cache.h"

#include "engine/core/error.h"
#include "engine/core/picture_tensor.h"

namespace lacuna {

FeatureCache::FeatureCache(std::shared_ptr<const FeatureExtractor> extractor)
    : extractor_(std::move(extractor))
{
}

Tensor FeatureCache::features(const std::vector<Picture>& pictures)
{
    check(!pictures.empty(), "there are pictures");
    std::vector<Tensor> rows;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        auto& row = rows_[content_hash(pictures[i])];
        if (!row.defined()) {
            const Tensor values = extractor_->features(tensor_of(to_rgb8(pictures[i])));
            if (!at::isfinite(values).all().item<bool>())
                throw Error(ErrorKind::Input, "Picture " + std::to_string(i + 1),
                            "has features that are not numbers", "Choose other features or leave it out");
            row = values;
            ++computed_;
        }
        rows.push_back(row);
    }
    return at::cat(rows, 0);
}

} // namespace lacuna
