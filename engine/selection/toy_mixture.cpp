// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/toy_mixture.h"

#include <cmath>
#include <numbers>
#include <set>

#include "engine/core/philox.h"
#include "engine/core/purpose.h"

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
