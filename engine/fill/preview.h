// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture_tensor.h"

namespace lacuna {

/// Small pictures of the surroundings of a hole with an estimate put in, cheap enough for twelve a second.
class Previews {
public:
    /// `area`: the rectangle of the window that estimates cover. `longest` in pixels.
    Previews(const Picture& window, const Mask& window_mask, const Area& area, int longest);

    /// estimate [1,>=3,h,w] of the area at any scale, in [-1,1].
    Picture with(const Tensor& estimate) const;

private:
    Picture base_{};
    Area place_{};  ///< of the area in the preview
    Tensor hole_{}; ///< [1,1,place.height,place.width], share of hole pixels
};

} // namespace lacuna
