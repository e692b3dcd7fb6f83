// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.h"
#include "engine/selection/algorithms.h"

namespace lacuna {

std::vector<int> most_probable(const std::vector<double>& rho, double discard)
{
    check(discard >= 0 && discard < 1, "a share in [0, 1) of the rows is discarded");
    std::vector<int> order(rho.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return rho[static_cast<std::size_t>(a)] < rho[static_cast<std::size_t>(b)];
    });
    const auto dropped =
        static_cast<std::size_t>(std::floor(static_cast<double>(rho.size()) * discard + 1e-9));
    order.resize(rho.size() - dropped);
    return order;
}

std::vector<double> uniformization_weights(const std::vector<double>& rho, double dimension, double discard)
{
    const std::vector<int> kept = most_probable(rho, discard);

    // rho^d overflows: relative to the largest that is kept, in the logarithm.
    const double largest = std::log(rho[static_cast<std::size_t>(kept.back())]);
    std::vector<double> weights(rho.size(), 0.0);
    double total = 0;
    for (const int i : kept) {
        const auto row = static_cast<std::size_t>(i);
        // Rows that all coincide are equally probable.
        weights[row] = std::isfinite(largest) ? std::exp(dimension * (std::log(rho[row]) - largest)) : 1;
        total += weights[row];
    }
    for (double& weight : weights)
        weight /= total;
    return weights;
}

int uniformization_k(int n, int dimension)
{
    check(n > 1 && dimension > 0, "the rule of thumb needs two rows and one dimension");
    const double d = dimension;
    return static_cast<int>(
        std::nearbyint(std::pow(n, 2 / (d + 2)) * std::pow(std::log(static_cast<double>(n)), d / (d + 2))));
}

std::vector<int> draw_without_replacement(std::vector<double> weights, int n, const DrawStream& stream)
{
    const auto positive = std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; });
    check(n >= 0 && n <= positive, "there are as many rows of positive weight as are drawn");
    std::vector<int> drawn;
    for (int draw = 0; draw < n; ++draw) {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        double left = uniform(stream, static_cast<std::uint64_t>(draw)) * total;
        std::size_t row = weights.size();
        for (std::size_t i = 0; i < weights.size() && (row == weights.size() || left >= 0); ++i) {
            if (weights[i] <= 0)
                continue;
            row = i;
            left -= weights[i];
        }
        drawn.push_back(static_cast<int>(row));
        weights[row] = 0;
    }
    return drawn;
}

std::vector<int> draw_in_rounds(std::vector<double> weights, int n,
                                const std::function<double()>& next_uniform)
{
    const auto positive = std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; });
    check(n >= 0 && n <= positive, "there are as many rows of positive weight as are drawn");
    std::vector<int> drawn;
    while (static_cast<int>(drawn.size()) < n) {
        std::vector<double> cumulative(weights.size());
        std::partial_sum(weights.begin(), weights.end(), cumulative.begin());
        const double total = cumulative.back();
        for (double& share : cumulative)
            share /= total;
        for (int missing = n - static_cast<int>(drawn.size()); missing > 0; --missing) {
            // The first row whose cumulative share is above the number.
            const auto above = std::upper_bound(cumulative.begin(), cumulative.end(), next_uniform());
            const int row = static_cast<int>(above - cumulative.begin());
            if (std::find(drawn.begin(), drawn.end(), row) == drawn.end())
                drawn.push_back(row);
        }
        for (const int row : drawn)
            weights[static_cast<std::size_t>(row)] = 0;
    }
    return drawn;
}

} // namespace lacuna
