// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/selection/rows.h"

namespace lacuna {

Tensor pairwise_distances(const Tensor& features)
{
    const FeatureRows rows(features);
    const Tensor distances = at::zeros({rows.size(), rows.size()}, at::kDouble);
    auto d = distances.accessor<double, 2>();
    for (int i = 0; i < rows.size(); ++i)
        for (int j = i + 1; j < rows.size(); ++j)
            d[i][j] = d[j][i] = std::sqrt(rows.squared_distance(i, j));
    return distances;
}

std::vector<int> farthest_point(const Tensor& features, int k, int first, int limit)
{
    const FeatureRows rows(features);
    const int n = limit > 0 ? std::min(limit, rows.size()) : rows.size();
    check(k >= 1 && k <= n, "farthest point selection chooses between one row and all of them");
    check(first >= 0 && first < n, "the first point is one of the rows that take part");

    std::vector<int> chosen{first};
    std::vector<double> to_chosen(static_cast<std::size_t>(n), std::numeric_limits<double>::infinity());
    while (static_cast<int>(chosen.size()) < k) {
        to_chosen[static_cast<std::size_t>(chosen.back())] = -1; // a chosen row is not chosen again
        for (int i = 0; i < n; ++i) {
            double& nearest = to_chosen[static_cast<std::size_t>(i)];
            if (nearest >= 0)
                nearest = std::min(nearest, rows.squared_distance(i, chosen.back()));
        }
        const auto farthest = std::max_element(to_chosen.begin(), to_chosen.end());
        chosen.push_back(static_cast<int>(farthest - to_chosen.begin()));
    }
    return chosen;
}

int farthest_pair_first(const Tensor& features)
{
    const FeatureRows rows(features);
    int first = 0;
    double largest = -1;
    for (int i = 0; i < rows.size(); ++i)
        for (int j = i + 1; j < rows.size(); ++j)
            if (const double d = rows.squared_distance(i, j); d > largest) {
                largest = d;
                first = i;
            }
    return first;
}

} // namespace lacuna
