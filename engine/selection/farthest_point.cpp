// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

/// `distance(i, j)` is any increasing function of the distance; `n` rows take part.
template <typename Distance>
std::vector<int> choose_farthest(int n, int k, int first, const Distance& distance)
{
    check(k >= 1 && k <= n, "farthest point selection chooses between one row and all of them");
    check(first >= 0 && first < n, "the first point is one of the rows that take part");
    std::vector<int> chosen{first};
    std::vector<double> to_chosen(static_cast<std::size_t>(n), std::numeric_limits<double>::infinity());
    while (static_cast<int>(chosen.size()) < k) {
        to_chosen[static_cast<std::size_t>(chosen.back())] = -1; // a chosen row is not chosen again
        for (int i = 0; i < n; ++i) {
            double& nearest = to_chosen[static_cast<std::size_t>(i)];
            if (nearest >= 0)
                nearest = std::min(nearest, distance(i, chosen.back()));
        }
        const auto farthest = std::max_element(to_chosen.begin(), to_chosen.end());
        chosen.push_back(static_cast<int>(farthest - to_chosen.begin()));
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

int taking_part(int rows, int limit)
{
    return limit > 0 ? std::min(limit, rows) : rows;
}

} // namespace

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

Tensor direction_distances(const Tensor& features)
{
    const Tensor values = features.to(at::kCPU, at::kDouble);
    const Tensor lengths = values.square().sum(1, /*keepdim=*/true).sqrt();
    return pairwise_distances(values / at::where(lengths > 0, lengths, at::ones_like(lengths)));
}

std::vector<int> farthest_point(const Tensor& features, int k, int first, int limit)
{
    const FeatureRows rows(features);
    return choose_farthest(taking_part(rows.size(), limit), k, first,
                           [&](int i, int j) { return rows.squared_distance(i, j); });
}

int farthest_pair_first(const Tensor& features)
{
    const FeatureRows rows(features);
    return first_of_farthest_pair(rows.size(), [&](int i, int j) { return rows.squared_distance(i, j); });
}

std::vector<int> farthest_point_of_distances(const Tensor& distances, int k, int first, int limit)
{
    const DistanceRows rows(distances);
    return choose_farthest(taking_part(rows.size(), limit), k, first,
                           [&](int i, int j) { return rows.distance(i, j); });
}

int farthest_pair_first_of_distances(const Tensor& distances)
{
    const DistanceRows rows(distances);
    return first_of_farthest_pair(rows.size(), [&](int i, int j) { return rows.distance(i, j); });
}

} // namespace lacuna
