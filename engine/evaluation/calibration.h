// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/evaluation/attribute_judge.h"
#include "engine/evaluation/bootstrap.h"

namespace lacuna {

/// How often fills have a value of an attribute, beside how often they should.
struct ValueFrequency {
    std::string attribute{}, value{};
    double declared = 0;
    Interval found{}; ///< over fills; the interval is over scenes
    std::size_t count = 0;

    double error() const { return found.value - declared; }
};

struct Calibration {
    std::size_t scenes = 0, fills = 0;
    std::vector<ValueFrequency> values{};

    /// Largest absolute error of values with a declared probability above `least`; 0 where there are none.
    double largest_error(double least = 0.1) const;
    /// Values with a declared probability of at least `least` that no fill has.
    std::vector<ValueFrequency> missing(double least = 0.03) const;
};

/// Frequencies of the values of the attributes `inside` over the readings of unguided fills, one list for each scene.
Calibration calibrate(const scenes::World&, const std::vector<int>& inside,
                      const std::vector<std::vector<Reading>>& by_scene, std::uint64_t seed = 0);

} // namespace lacuna
