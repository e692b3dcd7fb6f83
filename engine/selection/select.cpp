// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/diffusion/noise.h"

namespace lacuna {

namespace {

/// Neighbours counted by uniformization, and columns kept before, as in Cohen et al. 2024, App. B.
constexpr int neighbours = 6;
constexpr int uniform_dimensions = 25;

void check_rows(const Tensor& features, int k)
{
    if (features.dim() != 2 || features.size(1) < 1)
        throw Error(ErrorKind::Input, "The features", "they are not a table with one row for each picture",
                    "Give one row of numbers for each picture.");
    if (k < 1 || features.size(0) < k)
        throw Error(ErrorKind::Input, "A selection of " + std::to_string(k),
                    "there are " + std::to_string(features.size(0)) + " pictures to choose from",
                    "Ask for a number between 1 and that.");
    if (!at::isfinite(features).all().item<bool>())
        throw Error(ErrorKind::Input, "The features", "some of their values are not finite",
                    "Leave out the pictures that have them.");
}

std::vector<int> uniformized(const Tensor& features, int k, std::uint64_t seed)
{
    const int n = static_cast<int>(features.size(0));
    if (n == 1)
        return {0};
    const Tensor reduced =
        features.size(1) > uniform_dimensions ? principal_components(features, uniform_dimensions) : features;
    std::vector<double> weights = uniformization_weights(reduced, std::min(neighbours, n - 1),
                                                         static_cast<double>(reduced.size(1)), 0, false);
    // Rows that coincide with all of their neighbours have weight 0 but may still be needed.
    const double least = std::numeric_limits<double>::min();
    for (double& weight : weights)
        weight = std::max(weight, least);
    return draw_without_replacement(std::move(weights), k, seed);
}

} // namespace

std::vector<int> select(const Tensor& features, int k, const std::string& rule, std::uint64_t seed)
{
    check_rows(features, k);
    const auto n = static_cast<std::size_t>(features.size(0));
    if (rule == "fps") {
        const DrawStream stream{
            .seed = seed, .member = 0, .step = 0, .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
        const int first = static_cast<int>(uniform(stream, 0) * static_cast<double>(n));
        return farthest_point(features, k, first);
    }
    if (rule == "kmeans")
        return kmeans_plus_plus(features, k, seed).representatives;
    if (rule == "uniform")
        return uniformized(features, k, seed);
    if (rule == "random")
        return draw_without_replacement(std::vector<double>(n, 1.0), k, seed);
    throw Error(ErrorKind::Usage, "The rule \"" + printable(rule) + "\"", "it is not known",
                "Use fps, kmeans, uniform or random.");
}

} // namespace lacuna
