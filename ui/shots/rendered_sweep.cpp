// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shots/rendered_sweep.h"

#include <algorithm>
#include <cmath>

#include "engine/selection/rules.h"
#include "engine/session/figures.h"
#include "ui/shots/rendered_pool.h"

namespace lacuna::ui {
namespace {

constexpr int candidates = 60;
constexpr int doneCells = 13; ///< the next one runs

/// The members of a cell: all from the same candidates, so that one noise stands behind all cells.
CompletionSet cellSet(const CandidatePool& pool, const Recipe& recipe, int row, int column)
{
    const double reach = row / 3.0 * (column + 2) / 5.0;
    const RuleOptions farther{.peculiarity = std::clamp(reach, 0.0, 1.0), .seed = recipe.seed};
    CompletionSet set{.recipe = recipe};
    for (const int chosen : choose(FeatureRows(pool.features, pool.columns), recipe.count, farther))
        set.completions.push_back(pool.candidates[std::size_t(chosen)]);
    return set;
}

SweepEntry entryOf(const LoadedPicture& portrait, CompletionSet set)
{
    measure_distances(set, *portrait.mask);
    const double members = double(set.completions.size());
    double seam = 0, nearest = 0;
    std::vector<Picture> pictures;
    SweepEntry entry{.state = SweepEntry::State::Done};
    for (const Completion& one : set.completions) {
        seam += measure_seam(portrait.picture, *portrait.mask, one) / members;
        nearest += one.nearest_gray / members;
        pictures.push_back(composite(portrait.picture, *portrait.mask, one));
        entry.strip.push_back(stripPicture(pictures.back(), *portrait.mask));
    }
    entry.cell = {{set.mean_distance_gray, seam, nearest, std::nan("")},
                  cell_members(pictures, *portrait.mask)};
    return entry;
}

} // namespace

SweepTable renderedSweep(const LoadedPicture& portrait)
{
    const Recipe base{.model = "portraits-64", .method = "ddnm", .seed = 1};
    const std::vector<SweepAxis> axes{parse_axis("eta=0,0.1,0.3,0.6"), parse_axis("bound=12,24,36,none")};
    const BoundScale scale{.hole_pixels = portrait.mask->hole_pixels(),
                           .members = base.count,
                           .picture_pixels =
                               std::size_t(portrait.picture.width) * std::size_t(portrait.picture.height)};
    SweepTable table(base, axes, sweep_jobs(base, axes), scale);
    const auto pool = renderedPool(portrait, candidates);
    for (int cell = 0; cell <= doneCells; ++cell) {
        SweepEntry entry = entryOf(
            portrait, cellSet(*pool, table.job(cell).recipe, table.rowOf(cell), table.columnOf(cell)));
        if (cell == doneCells) {
            entry.state = SweepEntry::State::Running;
            entry.share = 0.6;
        }
        table.update(table.job(cell).id, [&](SweepEntry& known) { known = entry; });
    }
    return table;
}

} // namespace lacuna::ui
