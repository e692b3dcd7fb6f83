// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/diffusion/noise.h"
#include "engine/selection/rows.h"

namespace lacuna {

std::vector<double> neighbour_distance(const Tensor& features, int k, bool count_self)
{
    const FeatureRows rows(features);
    const int position =
        count_self ? k - 1 : k; // in the sorted distances, of which the first is the row itself
    check(position >= 0 && position < rows.size(), "a row has a k-th neighbour");
    std::vector<double> rho, squared(static_cast<std::size_t>(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        for (int j = 0; j < rows.size(); ++j)
            squared[static_cast<std::size_t>(j)] = rows.squared_distance(i, j);
        std::nth_element(squared.begin(), squared.begin() + position, squared.end());
        rho.push_back(std::sqrt(squared[static_cast<std::size_t>(position)]));
    }
    return rho;
}

std::vector<double> uniformization_weights(const Tensor& features, int k, double dimension, double discard,
                                           bool count_self)
{
    check(discard >= 0 && discard < 1, "a share in [0, 1) of the rows is discarded");
    const std::vector<double> rho = neighbour_distance(features, k, count_self);

    // The least probable rows are those with the largest distances; the later of equal rows goes first.
    std::vector<std::size_t> order(rho.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rho[a] < rho[b]; });
    const auto dropped =
        static_cast<std::size_t>(std::floor(static_cast<double>(rho.size()) * discard + 1e-9));
    order.resize(rho.size() - dropped);

    // rho^d overflows: relative to the largest that is kept, in the logarithm.
    const double largest = std::log(rho[order.back()]);
    std::vector<double> weights(rho.size(), 0.0);
    double total = 0;
    for (const std::size_t row : order) {
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

std::vector<int> draw_without_replacement(std::vector<double> weights, int n, std::uint64_t seed)
{
    const auto positive = std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; });
    check(n >= 0 && n <= positive, "there are as many rows of positive weight as are drawn");
    const DrawStream stream{
        .seed = seed, .member = 0, .step = 0, .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
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

} // namespace lacuna
