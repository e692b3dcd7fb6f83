// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/diffusion/noise.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

struct Nearest {
    int index = 0;
    double squared = std::numeric_limits<double>::infinity();
};

Nearest nearest_center(const FeatureRows& rows, int row, const Tensor& centers)
{
    Nearest nearest;
    const double* center = centers.data_ptr<double>();
    for (int c = 0; c < centers.size(0); ++c, center += rows.columns())
        if (const double d = rows.squared_distance(rows.row(row), center); d < nearest.squared)
            nearest = {c, d};
    return nearest;
}

/// Means of the rows assigned to each centre; a centre without rows stays where it is.
Tensor means_of(const FeatureRows& rows, const std::vector<int>& assign, const Tensor& centers)
{
    const Tensor sums = at::zeros_like(centers);
    std::vector<int> counts(static_cast<std::size_t>(centers.size(0)), 0);
    for (int i = 0; i < rows.size(); ++i) {
        const int c = assign[static_cast<std::size_t>(i)];
        ++counts[static_cast<std::size_t>(c)];
        double* sum = sums.data_ptr<double>() + c * rows.columns();
        for (std::int64_t column = 0; column < rows.columns(); ++column)
            sum[column] += rows.row(i)[column];
    }
    for (int c = 0; c < centers.size(0); ++c) {
        const int count = counts[static_cast<std::size_t>(c)];
        if (count > 0)
            sums[c] /= count;
        else
            sums[c].copy_(centers[c]);
    }
    return sums;
}

std::vector<int> nearest_rows(const FeatureRows& rows, const Tensor& centers, bool distinct)
{
    std::vector<int> chosen;
    for (int c = 0; c < centers.size(0); ++c) {
        const double* center = centers.data_ptr<double>() + c * rows.columns();
        Nearest nearest;
        for (int i = 0; i < rows.size(); ++i) {
            if (distinct && std::find(chosen.begin(), chosen.end(), i) != chosen.end())
                continue;
            if (const double d = rows.squared_distance(rows.row(i), center); d < nearest.squared)
                nearest = {i, d};
        }
        chosen.push_back(nearest.index);
    }
    return chosen;
}

/// Initial rows of k-means++: each with a probability proportional to its squared distance from those chosen.
std::vector<int> spread_rows(const FeatureRows& rows, int k, const DrawStream& stream)
{
    std::vector<int> chosen{static_cast<int>(uniform(stream, 0) * rows.size())};
    std::vector<double> squared(static_cast<std::size_t>(rows.size()),
                                std::numeric_limits<double>::infinity());
    while (static_cast<int>(chosen.size()) < k) {
        double total = 0;
        for (int i = 0; i < rows.size(); ++i) {
            double& d = squared[static_cast<std::size_t>(i)];
            d = std::min(d, rows.squared_distance(i, chosen.back()));
            total += d;
        }
        double left = uniform(stream, chosen.size()) * total;
        int row = -1;
        for (int i = 0; i < rows.size() && (row < 0 || left >= 0); ++i) {
            const double d = squared[static_cast<std::size_t>(i)];
            if (d <= 0)
                continue;
            row = i;
            left -= d;
        }
        // Fewer distinct rows than centres: take the first unused one.
        for (int i = 0; row < 0; ++i)
            if (std::find(chosen.begin(), chosen.end(), i) == chosen.end())
                row = i;
        chosen.push_back(row);
    }
    return chosen;
}

} // namespace

KMeansResult kmeans(const Tensor& features, const std::vector<int>& initial_rows, int max_iterations)
{
    const FeatureRows rows(features);
    check(!initial_rows.empty(), "K-means has at least one centre");
    const Tensor centers =
        at::empty({static_cast<std::int64_t>(initial_rows.size()), rows.columns()}, at::kDouble);
    for (std::size_t c = 0; c < initial_rows.size(); ++c) {
        check(initial_rows[c] >= 0 && initial_rows[c] < rows.size(), "an initial centre is one of the rows");
        std::copy_n(rows.row(initial_rows[c]), rows.columns(),
                    centers.data_ptr<double>() + static_cast<std::int64_t>(c) * rows.columns());
    }

    KMeansResult result{.centers = centers, .assign = {}, .representatives = {}, .inertia = 0};
    for (int iteration = 0; iteration <= max_iterations; ++iteration) {
        std::vector<int> assign;
        double inertia = 0;
        for (int i = 0; i < rows.size(); ++i) {
            const Nearest nearest = nearest_center(rows, i, result.centers);
            assign.push_back(nearest.index);
            inertia += nearest.squared;
        }
        const bool stable = assign == result.assign;
        result.assign = std::move(assign);
        result.inertia = inertia;
        if (stable || iteration == max_iterations)
            break;
        result.centers = means_of(rows, result.assign, result.centers);
    }
    result.representatives = nearest_rows(rows, result.centers, /*distinct=*/false);
    return result;
}

KMeansResult kmeans_plus_plus(const Tensor& features, int k, std::uint64_t seed, int restarts)
{
    const FeatureRows rows(features);
    check(k >= 1 && k <= rows.size(), "K-means has between one centre and as many as rows");
    check(restarts >= 1, "K-means is run at least once");
    KMeansResult best{.centers = {},
                      .assign = {},
                      .representatives = {},
                      .inertia = std::numeric_limits<double>::infinity()};
    for (int restart = 0; restart < restarts; ++restart) {
        const DrawStream stream{.seed = seed,
                                .member = static_cast<std::uint32_t>(restart),
                                .step = 0,
                                .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
        KMeansResult result = kmeans(features, spread_rows(rows, k, stream));
        if (result.inertia < best.inertia)
            best = std::move(result);
    }
    best.representatives = nearest_rows(rows, best.centers, /*distinct=*/true);
    return best;
}

} // namespace lacuna
