// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/toy_mixture.h"

#include <cmath>
#include <numbers>
#include <set>

#include "engine/core/philox.h"
#include "engine/core/purpose.h"
#include "engine/selection/rules.h"

namespace lacuna {

FeatureRows toy_centers()
{
    std::vector<double> values{0, 0};
    for (int i = 0; i < ToyMixture::modes - 1; ++i) {
        const double angle = 2 * std::numbers::pi * i / (ToyMixture::modes - 1);
        values.insert(values.end(), {std::cos(angle), std::sin(angle)});
    }
    return {std::move(values), 2};
}

ToyMixture draw_toy(int count, std::uint64_t seed)
{
    const FeatureRows centers = toy_centers();
    const auto stream = [&](std::uint32_t step) {
        return DrawStream{
            .seed = seed, .member = 0, .step = step, .purpose = static_cast<std::uint32_t>(Purpose::Toy)};
    };
    std::vector<float> normals(2 * static_cast<std::size_t>(count));
    standard_normals(stream(1), normals.data(), normals.size());
    ToyMixture toy;
    std::vector<double> values;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const double u = uniform(stream(0), i), outer = 1 - ToyMixture::central_weight;
        const int mode = u < outer ? 1 + static_cast<int>(u / outer * (ToyMixture::modes - 1)) : 0;
        const double deviation =
            std::sqrt(mode == 0 ? ToyMixture::central_variance : ToyMixture::outer_variance);
        toy.mode.push_back(mode);
        for (std::size_t c = 0; c < 2; ++c)
            values.push_back(centers.row(mode)[c] + deviation * double(normals[2 * i + c]));
    }
    toy.points = FeatureRows(std::move(values), 2);
    return toy;
}

namespace {

DrawStream selection(std::uint64_t seed)
{
    return {.seed = seed, .member = 0, .step = 0, .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
}

auto by_rule(Rule rule)
{
    return [rule](const FeatureRows& points, int count, std::uint64_t seed) {
        return choose(points, count, {.rule = rule, .seed = seed});
    };
}

auto farthest_of(int part)
{
    return [part](const FeatureRows& points, int count, std::uint64_t seed) {
        const std::vector<double> equal(static_cast<std::size_t>(points.size()), 1.0);
        const std::vector<int> random = draw_without_replacement(equal, part, selection(seed));
        return farthest_point(points, count, {random.front()}, random);
    };
}

auto levelled(double kept)
{
    constexpr int neighbours = 10;
    return [kept](const FeatureRows& points, int count, std::uint64_t seed) {
        const std::vector<double> rho = neighbour_distance(points, neighbours, /*count_self=*/true);
        return draw_without_replacement(uniformization_weights(rho, points.columns(), 1 - kept), count,
                                        selection(seed));
    };
}

} // namespace

const std::vector<ToyRule>& toy_rules()
{
    static const std::vector<ToyRule> rules{{"random", by_rule(Rule::Random)},
                                            {"K-means", by_rule(Rule::KMeans)},
                                            {"farthest point, L = 100", farthest_of(100)},
                                            {"farthest point, L = 300", farthest_of(300)},
                                            {"farthest point, all", by_rule(Rule::FarthestPoint)},
                                            {"uniformization, 90 %", levelled(0.9)},
                                            {"uniformization, all", levelled(1)}};
    return rules;
}

int modes_covered(const FeatureRows& points, const std::vector<int>& chosen)
{
    const FeatureRows centers = toy_centers();
    std::set<int> seen;
    for (const int row : chosen) {
        int nearest = 0;
        for (int c = 1; c < centers.size(); ++c)
            if (points.squared_distance(points.row(row), centers.row(c))
                < points.squared_distance(points.row(row), centers.row(nearest)))
                nearest = c;
        seen.insert(nearest);
    }
    return static_cast<int>(seen.size());
}

} // namespace lacuna
