// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/selection/algorithms.h"

namespace lacuna {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
using Squared = std::array<double, RowBlocks::block>;

/// The smallest of the numbers it has seen, as many as `capacity`.
class Smallest {
public:
    explicit Smallest(int capacity) : numbers_(static_cast<std::size_t>(capacity), infinite) {}

    void see(double value)
    {
        if (!(value < numbers_.back()))
            return;
        const auto place = std::upper_bound(numbers_.begin(), numbers_.end(), value);
        std::move_backward(place, numbers_.end() - 1, numbers_.end());
        *place = value;
    }
    double largest() const { return numbers_.back(); }

private:
    std::vector<double> numbers_; ///< in ascending order
};

bool any_below(const Squared& squared, double limit)
{
    int below = 0;
    for (const double d : squared)
        below |= d < limit;
    return below != 0;
}

/// What one row has seen of the others.
struct Seen {
    explicit Seen(int entries) : smallest(entries) {}

    Smallest smallest; ///< squared distances, the row's own among them
    int nearest = -1;
    double squared = infinite; ///< distance to the nearest
};

/// Rows `first` .. `last` - 1 of which one is `own`.
void see(Seen& seen, const Squared& squared, int first, int last, int own)
{
    // Most blocks are farther away than everything that counts.
    if (!any_below(squared, std::max(seen.smallest.largest(), seen.squared)))
        return;
    for (int row = first; row < last; ++row) {
        const double d = squared[static_cast<std::size_t>(row - first)];
        seen.smallest.see(d);
        if (row != own && d < seen.squared) {
            seen.squared = d;
            seen.nearest = row;
        }
    }
}

/// How many entries of a row, smallest first, reach its k-th neighbour; the row itself is the first of them.
int entries_up_to(int k, bool count_self, int rows)
{
    const int entries = count_self ? k : k + 1;
    check(entries >= 1 && entries <= rows, "a row has a k-th neighbour");
    return entries;
}

} // namespace

Neighbourhoods neighbourhoods(const FeatureRows& rows, int k, bool count_self)
{
    constexpr std::size_t together = 64; ///< rows that look at a block while it is in the nearest cache
    const RowBlocks blocks(rows);
    const int entries = entries_up_to(k, count_self, rows.size());
    const auto count = static_cast<std::size_t>(rows.size());
    Neighbourhoods all{.rho = std::vector<double>(count),
                       .nearest = std::vector<int>(count),
                       .squared = std::vector<double>(count)};
    parallel_for(count, together, [&](std::size_t begin, std::size_t end) {
        Squared squared{};
        for (std::size_t group = begin; group < end; group += together) {
            std::vector<Seen> seen(std::min(together, end - group), Seen(entries));
            for (int b = 0; b < blocks.blocks(); ++b)
                for (std::size_t i = 0; i < seen.size(); ++i) {
                    const int own = static_cast<int>(group + i), first = b * RowBlocks::block;
                    blocks.squared_distances(rows.row(own), b, squared.data());
                    see(seen[i], squared, first, std::min(rows.size(), first + RowBlocks::block), own);
                }
            for (std::size_t i = 0; i < seen.size(); ++i) {
                all.rho[group + i] = std::sqrt(seen[i].smallest.largest());
                all.nearest[group + i] = seen[i].nearest;
                all.squared[group + i] = seen[i].squared;
            }
        }
    });
    return all;
}

std::vector<double> neighbour_distance(const FeatureRows& rows, int k, bool count_self)
{
    return neighbourhoods(rows, k, count_self).rho;
}

std::vector<double> neighbour_distance_of_distances(const FeatureRows& distances, int k, bool count_self)
{
    check(distances.columns() == distances.size(), "distances between all rows");
    const int entries = entries_up_to(k, count_self, distances.size());
    std::vector<double> rho;
    for (int i = 0; i < distances.size(); ++i) {
        Smallest smallest(entries);
        for (int j = 0; j < distances.size(); ++j)
            smallest.see(distances.row(i)[j]);
        rho.push_back(smallest.largest());
    }
    return rho;
}

} // namespace lacuna
