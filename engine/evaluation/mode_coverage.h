// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "engine/scenes/worlds/world.h"

namespace lacuna {

/// The true modes of a hole: every combination of values of the attributes inside it, with its probability.
class Modes {
public:
    /// Throws Error{Usage} where there is no attribute inside, or more than a million combinations.
    Modes(const scenes::World&, std::vector<int> inside);

    std::size_t size() const { return probability_.size(); }
    double probability(std::size_t mode) const { return probability_[mode]; }
    /// The mode of these values of all attributes.
    std::size_t mode_of(const scenes::Attributes&) const;
    /// The `count` most probable modes (all where there are fewer), most probable first, the first of equals.
    std::vector<std::size_t> likeliest(std::size_t count) const;

private:
    std::vector<int> inside_;
    std::vector<std::size_t> values_{}; ///< number of values of each attribute inside
    std::vector<double> probability_{};
};

/// What a set of fills shows of the truth.
struct Coverage {
    int distinct = 0;  ///< different true modes
    double mass = 0;   ///< probability of these modes together
    double likely = 0; ///< share of the N most probable modes that are shown, N the size of the set
    double worst = 0;  ///< probability of the least probable mode that is shown; 0 where none is
};

/// `modes`: of the valid fills of a set of `members`; invalid ones show nothing but count as members.
Coverage coverage(const Modes& truth, const std::vector<std::size_t>& modes, std::size_t members);

} // namespace lacuna
