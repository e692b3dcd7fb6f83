// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// The part of a picture in which pictures are compared.
struct FeatureRegion {
    Area area{};   ///< of the picture, the smallest that holds the hole pixels
    Tensor hole{}; ///< [1,1,area.height,area.width], 1 in the hole: what extractors call the region
};

/// All of the hole.
FeatureRegion region_of(const Mask& hole);
/// Only what lies in a rectangle, to group pictures by it alone. Throws Error{Usage} when the rectangle has no hole
/// pixel; parts of it may lie outside of the picture.
FeatureRegion region_of(const Mask& hole, const Area& within);

/// That part of images [N,C,H,W].
Tensor part_of(const Tensor& images, const FeatureRegion&);

} // namespace lacuna
