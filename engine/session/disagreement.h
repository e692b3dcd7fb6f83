// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/selection/rows.h"
#include "engine/session/messages.h"

/// Where the completions of a hole disagree, and how they differ in a part of it.
namespace lacuna {

/// A grid over the box of a hole; huge holes are looked at in every `step`-th pixel of every `step`-th row.
struct HoleGrid {
    Area area{}; ///< in the picture
    int step = 1;
    int width = 0, height = 0; ///< pixels of the grid

    std::size_t size() const { return std::size_t(width) * std::size_t(height); }
};

/// How far completions spread at each pixel.
struct SpreadMap {
    HoleGrid grid{};
    /// Standard deviation over the completions, root mean square of the three colours, in grey levels of 255; 0
    /// outside the hole. All completions count the same.
    std::vector<float> gray{};
    float largest = 0;
    int completions = 0; ///< that took part: failed ones do not
};

/// The grid has at most `longest` pixels on a side. Fewer than two completions: no spread anywhere.
SpreadMap spread_map(const std::vector<Completion>&, const Mask& hole, int longest = 1024);

/// A part of the hole.
struct PixelRegion {
    HoleGrid grid{};
    std::vector<std::uint8_t> inside{}; ///< 1 or 0
    int pixels = 0;                     ///< of the grid that are inside, at least one
};

/// The hot spot near a pixel of the picture: the largest spread in the surroundings of the size of a finger tip.
/// Around it grows the region of connected pixels with more than half of its spread, and at least a small disc.
/// None where the pixel is outside the hole's box, or nothing spreads around it.
std::optional<PixelRegion> region_around(const SpreadMap&, int x, int y);

/// Root mean square of the difference of two completions over the hole and the three colours, in grey levels of 255.
double distance_gray(const Completion&, const Completion&, const Mask& hole, int longest = 4096);

/// [N, at most 25] principal components of what the completions show inside the region: the mean colours of at most
/// 6 x 6 cells of it. Squared distances are mean squared differences of the cells in grey levels. Failed completions
/// have rows too, of what is there.
FeatureRows region_features(const std::vector<Completion>&, const PixelRegion&);

} // namespace lacuna
