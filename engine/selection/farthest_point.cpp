// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/error.h"
#include "engine/selection/algorithms.h"

namespace lacuna {

namespace {

/// `distance(i, j)` is any increasing function of the distance.
template <typename Distance>
std::vector<int> choose_farthest(int rows, int k, const std::vector<int>& start, std::vector<int> eligible,
                                 const Distance& distance)
{
    if (eligible.empty())
        eligible = first_rows(rows);
    check(!start.empty() && k >= static_cast<int>(start.size()), "the first point is given");
    std::vector<int> chosen;
    std::vector<double> to_chosen(eligible.size(), std::numeric_limits<double>::infinity());
    const auto add = [&](int row) {
        chosen.push_back(row);
        for (std::size_t e = 0; e < eligible.size(); ++e)
            if (eligible[e] == row)
                to_chosen[e] = -1; // a chosen row is not chosen again
            else if (to_chosen[e] >= 0)
                to_chosen[e] = std::min(to_chosen[e], distance(eligible[e], row));
    };
    for (const int row : start) {
        check(row >= 0 && row < rows, "the first point is one of the rows");
        add(row);
    }
    while (static_cast<int>(chosen.size()) < k) {
        const auto farthest = std::max_element(to_chosen.begin(), to_chosen.end());
        check(farthest != to_chosen.end() && *farthest >= 0,
              "farthest point selection chooses between one row and all of them");
        add(eligible[static_cast<std::size_t>(farthest - to_chosen.begin())]);
    }
    return chosen;
}

template <typename Distance> int first_of_farthest_pair(int n, const Distance& distance)
{
    int first = 0;
    double largest = -1;
    for (int i = 0; i < n; ++i)
        for (int j = i + 1; j < n; ++j)
            if (const double d = distance(i, j); d > largest) {
                largest = d;
                first = i;
            }
    return first;
}

void check_distances(const FeatureRows& distances)
{
    check(distances.columns() == distances.size(), "distances between all rows");
}

} // namespace

std::vector<int> first_rows(int count)
{
    std::vector<int> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

std::vector<int> farthest_point(const FeatureRows& rows, int k, const std::vector<int>& start,
                                const std::vector<int>& eligible)
{
    return choose_farthest(rows.size(), k, start, eligible,
                           [&](int i, int j) { return rows.squared_distance(i, j); });
}

int farthest_pair_first(const FeatureRows& rows)
{
    return first_of_farthest_pair(rows.size(), [&](int i, int j) { return rows.squared_distance(i, j); });
}

std::vector<int> farthest_point_of_distances(const FeatureRows& distances, int k,
                                             const std::vector<int>& start, const std::vector<int>& eligible)
{
    check_distances(distances);
    return choose_farthest(distances.size(), k, start, eligible,
                           [&](int i, int j) { return distances.row(i)[j]; });
}

int farthest_pair_first_of_distances(const FeatureRows& distances)
{
    check_distances(distances);
    return first_of_farthest_pair(distances.size(), [&](int i, int j) { return distances.row(i)[j]; });
}

} // namespace lacuna
