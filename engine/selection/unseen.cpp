// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/unseen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/core/error.h"
#include "engine/selection/algorithms.h"

namespace lacuna {

std::vector<int> linked_kinds(const FeatureRows& rows, double step)
{
    constexpr int none = -1;
    std::vector<int> kinds(static_cast<std::size_t>(rows.size()), none);
    int count = 0;
    for (int first = 0; first < rows.size(); ++first) {
        if (kinds[static_cast<std::size_t>(first)] != none)
            continue;
        std::vector<int> reached{first};
        kinds[static_cast<std::size_t>(first)] = count;
        for (std::size_t i = 0; i < reached.size(); ++i)
            for (int other = first + 1; other < rows.size(); ++other)
                if (int& kind = kinds[static_cast<std::size_t>(other)];
                    kind == none && rows.squared_distance(reached[i], other) <= step * step) {
                    kind = count;
                    reached.push_back(other);
                }
        ++count;
    }
    return kinds;
}

double usual_step(const FeatureRows& rows)
{
    if (rows.size() < 2)
        return 0;
    std::vector<double> nearest = neighbour_distance(rows, 1, /*count_self=*/false);
    const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2);
    std::nth_element(nearest.begin(), middle, nearest.end());
    double largest = 0;
    for (const double value : rows.values())
        largest = std::max(largest, std::abs(value));
    return std::max(2 * *middle, 1e-9 * largest); // equal pictures differ by rounding only
}

double Unseen::new_kind_within(int further_samples) const
{
    check(further_samples >= 0, "further samples are counted from 0");
    return 1 - std::pow(1 - share, further_samples);
}

Unseen unseen(const std::vector<int>& kinds)
{
    Unseen result{.samples = static_cast<int>(kinds.size())};
    if (kinds.empty())
        return result;
    std::map<int, int> counts;
    for (const int kind : kinds)
        ++counts[kind];
    int twice = 0;
    for (const auto& [kind, count] : counts) {
        result.once += count == 1;
        twice += count == 2;
    }
    const double n = result.samples, f1 = result.once, f2 = twice;
    result.kinds = static_cast<int>(counts.size());
    result.share = f1 / n;

    // The variance of f1 / n - share is about (f1 (1 - f1 / n) + 2 f2) / n^2.
    constexpr double z = 1.6449; // 95 % of a Gaussian
    const double seen_once = f1 + 1;
    const double deviation = std::sqrt(seen_once * std::max(0.0, 1 - seen_once / n) + 2 * f2) / n;
    result.at_most = std::min(1.0, seen_once / n + z * deviation);
    return result;
}

} // namespace lacuna
