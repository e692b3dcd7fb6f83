// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/figures/drawing.h"
#include "engine/sweep/sweep_plan.h"

namespace lacuna {

/// What a finished cell shows.
struct SweepCell {
    std::vector<double> figures{};  ///< one for each measure; not a number: it could not be measured
    std::vector<Picture> members{}; ///< 8-bit RGB, all of one size: the surroundings of the hole
};

/// A number that every cell has.
struct SweepMeasure {
    std::string name{}; ///< such as "diversity", used as the column of tables
    std::string unit{};
    bool more_is_better = true;
};

/// The grid and what is known of its cells so far.
struct SweepReport {
    std::vector<SweepAxis> axes{};
    std::vector<SweepMeasure> measures{};          ///< the first is diversity, the second quality
    std::vector<SweepJob> jobs{};                  ///< all cells, the last axis fastest
    std::vector<std::optional<SweepCell>> cells{}; ///< of every job; nothing: not done yet
};

/// One line a cell: values, measures, id. Decimal points whatever the locale.
std::string sweep_csv(const SweepReport&);
/// Tables as in the papers: for every measure the second axis as columns.
std::string sweep_latex(const SweepReport&);
std::string sweep_json(const SweepReport&);
/// Strips of completions with the first axis down and the second across, a heat map of every measure, and the Pareto
/// line of the first two. Further axes make further panels below.
Drawing sweep_figure(const SweepReport&);

/// Cells that no other cell beats in both of the first two measures, by growing first measure.
std::vector<std::size_t> pareto_cells(const SweepReport&);

} // namespace lacuna
