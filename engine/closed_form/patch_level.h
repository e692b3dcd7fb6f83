// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// Four floats a pixel, RGB in [-1,1] and texture energy, so that a row of a patch is one run of memory.
using PixelPlane = std::vector<float>;

/// Patches are squares of 7 x 7 pixels named by their centre.
inline constexpr int patch_radius = 3;
inline constexpr int patch_side = 2 * patch_radius + 1;

/// One level of the picture pyramid: what is known of the picture at that scale and which patches there are.
struct PatchLevel {
    int width = 0;
    int height = 0;
    PixelPlane known{};                       ///< [height * width * 4]; 0 in the hole
    std::vector<std::uint8_t> hole{};         ///< [height * width], 1 in the hole
    std::vector<std::int32_t> candidates{};   ///< centres of patches without a hole pixel: the data set
    std::vector<std::uint8_t> is_candidate{}; ///< [height * width]
    std::vector<std::int32_t> positions{};    ///< centres of patches inside the picture that touch the hole
    std::vector<std::int32_t> position_at{};  ///< [height * width], index into positions or -1
    Area area{};                              ///< of all pixels of those patches: what a sampler works on
};

/// Fills in candidates, positions and area from width, height, known and hole.
void find_patches(PatchLevel&);

/// Finest level first. Halves as long as the hole is wider than `coarsest_hole` pixels and enough candidates stay;
/// a coarse pixel is known if all four pixels below it are, and then their mean.
std::vector<PatchLevel> build_pyramid(PatchLevel finest, int coarsest_hole = 14);

} // namespace lacuna
