// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/cat_look.h"

namespace lacuna::scenes {

enum class CatMarking { None, Blaze, Patch };

/// Random values between the points of a lattice, blended smoothly: -1 to 1, for x and y above -1000. Quicker than
/// `noise`, and repeats after 64 units, which strands can bear.
float cat_streaks(float x, float y, std::uint32_t seed);

/// The fur of a cat: where its strands lie and what colour they have.
class CatCoat {
public:
    /// Fine strands are drawn where the pictures are large enough to show them.
    CatCoat(const CatLook&, CatMarking, bool fine);

    /// Strands on the head, which spread from the bridge of the nose: about -1 to 1.
    float head_strand(Point q) const;
    /// Strands on the chest, which hang down.
    float chest_strand(Point q) const;
    /// Colour of the fur without markings; `strand` makes the borders of patterns ragged.
    Rgb head_colour(Point q, float strand) const;
    Rgb chest_colour(Point q, float strand) const;
    /// Puts the marking over the fur's colour; it stays inside the mask `face`.
    Rgb marked(Rgb fur, Point q, float strand) const;

private:
    Rgb stripes(Rgb fur, float wave, float weight) const;

    const CatLook& look_;
    CatMarking marking_;
    bool fine_;
    Point patch_at_{};
    Rgb patch_{};
    float blaze_lean_ = 0, blaze_width_ = 1;
};

} // namespace lacuna::scenes
