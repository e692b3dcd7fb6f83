// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/core/tensor.h"
#include "engine/scenes/worlds/world.h"

namespace lacuna {

/// What held-out scenes are for; each has seeds of its own.
enum class HeldOut : std::uint64_t {
    Holes = 0,      ///< pictures whose holes are filled
    Reference = 1,  ///< what real renders look like
    Thresholds = 2, ///< renders that set the thresholds of validity
    Redraws = 3,    ///< attributes drawn again
};

/// Seeds from here on are for measuring. Training draws its scenes from all 2^64 seeds, or has the first ones as a finite
/// set; that it meets one of some thousands here by chance is less likely than one in a million.
inline constexpr std::uint64_t first_held_out_seed = std::uint64_t(1) << 40;

/// Seed of the held-out scene `number` below 2^32.
constexpr std::uint64_t held_out_seed(HeldOut use, std::uint64_t number)
{
    return first_held_out_seed + (static_cast<std::uint64_t>(use) << 32) + number;
}

/// A picture of a world with a hole in it: what is under the hole is known, and so is what else could be there.
struct KnownScene {
    std::uint64_t seed = 0;
    scenes::Attributes attributes{};
    Picture picture{};
    Mask mask{};
};

KnownScene make_scene(const scenes::World&, std::uint64_t seed, const std::string& mask, int size);

/// Where the attributes of a world are as seen from a named mask.
struct AttributePlaces {
    std::vector<int>
        inside{}; ///< the mask covers all that they can change: their posterior is the declared prior
    std::vector<int> apart{}; ///< the mask touches nothing that they can change
};

/// Found with the masks of some scenes. Throws Error{Usage} naming the masks of the world when `mask` is none.
AttributePlaces attribute_places(const scenes::World&, const std::string& mask, int size);

/// The attributes with those of `which` drawn anew with the declared probabilities, by scene `seed` of the world.
scenes::Attributes redrawn(const scenes::World&, scenes::Attributes attributes, const std::vector<int>& which,
                           std::uint64_t seed);

/// 8-bit RGB pictures of one size as [N,3,H,W] float32 in [-1,1].
Tensor images_of(const std::vector<Picture>&);

/// Renders on several threads: pictures[i] = world.render(seeds[i], attributes[i], size).
std::vector<Picture> render_all(const scenes::World&, const std::vector<std::uint64_t>& seeds,
                                const std::vector<scenes::Attributes>& attributes, int size);

/// 1 in the hole, [1,1,H,W] float32.
Tensor hole_of(const Mask&);

} // namespace lacuna
