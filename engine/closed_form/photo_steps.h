// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// What decides how This photo looks; part of the model's identity (this_photo_hash).
struct ThisPhotoOptions {
    int coarsest_hole = 10;           ///< the pyramid ends when the hole is this narrow, in pixels
    double texture_weight = 2.0;      ///< spread of the texture channel against that of brightness
    int texture_reach = 5;            ///< half side of the square texture energy is averaged over, in pixels
    double sigma_max = 5;             ///< first noise level of the coarsest picture
    double sigma_again = 0.12;        ///< noise put back at every finer level
    double sigma_min = 0.02;          ///< last noise level of each picture of the pyramid
    double sigma_known_coarse = 0.08; ///< largest deviation granted to known pixels
    double sigma_known_fine = 0.10;
    double known_ratio = 0.3; ///< and at most this share of sigma
    double vote_first = 1.2;  ///< averaging window of the patch estimates in pixels, coarse to fine
    double vote_last = 0.8;   ///< and at the very end: narrow, so that the result is sharp
    int steps_coarsest = 24;  ///< default number of steps of the coarsest, the next and each finer level
    int steps_next = 12;
    int steps_fine = 8;
};

/// Steps of each level of the pyramid, finest first: the model's own, or as many in all as `asked` (0: its own),
/// divided alike.
std::vector<int> distribute_steps(int asked, std::size_t levels, const ThisPhotoOptions&);

/// Levels of the pyramid of a window with this hole, where enough of the picture is known around it.
std::size_t pyramid_levels(const Mask& window, const ThisPhotoOptions&);

} // namespace lacuna
