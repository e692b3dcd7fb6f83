// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/core/philox.h"
#include "engine/diffusion/noise.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

constexpr int most_iterations = 300;

struct Nearest {
    int index = 0;
    double squared = std::numeric_limits<double>::infinity();
};

struct Assignment {
    std::vector<int> centers{};
    double inertia = 0;
};

/// The nearest centre of each row, the first of equally near ones.
Assignment assign(const FeatureRows& rows, const RowBlocks& blocks, const Tensor& centers)
{
    constexpr int block = RowBlocks::block;
    Assignment assignment{.centers = std::vector<int>(static_cast<std::size_t>(rows.size()))};
    const double* first = centers.data_ptr<double>();
    const int K = static_cast<int>(centers.size(0));
    for (int b = 0; b < blocks.blocks(); ++b) {
        std::array<Nearest, block> nearest{};
        std::array<double, block> squared{};
        for (int c = 0; c < K; ++c) {
            blocks.squared_distances(first + c * rows.columns(), b, squared.data());
            for (std::size_t i = 0; i < block; ++i)
                if (squared[i] < nearest[i].squared)
                    nearest[i] = {c, squared[i]};
        }
        for (int i = b * block; i < std::min(rows.size(), (b + 1) * block); ++i) {
            assignment.centers[static_cast<std::size_t>(i)] =
                nearest[static_cast<std::size_t>(i % block)].index;
            assignment.inertia += nearest[static_cast<std::size_t>(i % block)].squared;
        }
    }
    return assignment;
}

/// Means of the rows assigned to each centre; a centre without rows stays where it is.
Tensor means_of(const FeatureRows& rows, const std::vector<int>& assigned, const Tensor& centers)
{
    const Tensor means = at::zeros_like(centers);
    double* first = means.data_ptr<double>();
    std::vector<int> counts(static_cast<std::size_t>(centers.size(0)), 0);
    for (int i = 0; i < rows.size(); ++i) {
        const int c = assigned[static_cast<std::size_t>(i)];
        ++counts[static_cast<std::size_t>(c)];
        double* sum = first + c * rows.columns();
        const double* row = rows.row(i);
        for (std::int64_t column = 0; column < rows.columns(); ++column)
            sum[column] += row[column];
    }
    for (int c = 0; c < centers.size(0); ++c) {
        const int count = counts[static_cast<std::size_t>(c)];
        double* mean = first + c * rows.columns();
        if (count > 0)
            std::for_each_n(mean, rows.columns(), [count](double& value) { value /= count; });
        else
            std::copy_n(centers.data_ptr<double>() + c * rows.columns(), rows.columns(), mean);
    }
    return means;
}

/// Lloyd's iterations; `least_movement`: squared movements of the centres that no longer count.
KMeansResult lloyd(const FeatureRows& rows, const RowBlocks& blocks, const Tensor& initial,
                   int max_iterations, double least_movement)
{
    KMeansResult result{.centers = initial, .assign = {}, .representatives = {}};
    const auto reassign = [&] {
        Assignment next = assign(rows, blocks, result.centers);
        const bool stable = next.centers == result.assign;
        result.assign = std::move(next.centers);
        result.inertia = next.inertia;
        return stable;
    };
    while (result.iterations < max_iterations) {
        ++result.iterations;
        if (reassign())
            return result;
        const Tensor means = means_of(rows, result.assign, result.centers);
        const double movement = (means - result.centers).square().sum(1).sum().item<double>();
        result.centers = means;
        if (movement <= least_movement)
            break;
    }
    reassign(); // to the centres as they are now
    return result;
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

Tensor centers_at(const FeatureRows& rows, const std::vector<int>& chosen)
{
    const Tensor centers = at::empty({static_cast<std::int64_t>(chosen.size()), rows.columns()}, at::kDouble);
    double* center = centers.data_ptr<double>();
    for (const int row : chosen) {
        check(row >= 0 && row < rows.size(), "an initial centre is one of the rows");
        center = std::copy_n(rows.row(row), rows.columns(), center);
    }
    return centers;
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

KMeansResult kmeans_from(const Tensor& features, const Tensor& centers, int max_iterations, double tolerance)
{
    const FeatureRows rows(features);
    check(centers.dim() == 2 && centers.size(0) > 0, "K-means has at least one centre");
    check(centers.size(1) == rows.columns(), "a centre has as many columns as a row");
    const double variance =
        features.to(at::kCPU, at::kDouble).var(0, /*unbiased=*/false).mean().item<double>();
    KMeansResult result = lloyd(rows, RowBlocks(rows), centers.to(at::kCPU, at::kDouble).contiguous(),
                                max_iterations, tolerance * variance);
    result.representatives = nearest_rows(rows, result.centers, /*distinct=*/false);
    return result;
}

KMeansResult kmeans(const Tensor& features, const std::vector<int>& initial_rows, int max_iterations)
{
    return kmeans_from(features, centers_at(FeatureRows(features), initial_rows), max_iterations);
}

KMeansResult kmeans_plus_plus(const Tensor& features, int k, std::uint64_t seed, int restarts)
{
    const FeatureRows rows(features);
    check(k >= 1 && k <= rows.size(), "K-means has between one centre and as many as rows");
    check(restarts >= 1, "K-means is run at least once");
    const RowBlocks blocks(rows);
    std::vector<KMeansResult> results(static_cast<std::size_t>(restarts));
    parallel_for(results.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t restart = begin; restart < end; ++restart) {
            const DrawStream stream{.seed = seed,
                                    .member = static_cast<std::uint32_t>(restart),
                                    .step = 0,
                                    .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
            const Tensor initial = centers_at(rows, spread_rows(rows, k, stream));
            results[restart] = lloyd(rows, blocks, initial, most_iterations, 0);
        }
    });
    // The first of equally good ones.
    KMeansResult best =
        *std::min_element(results.begin(), results.end(),
                          [](const KMeansResult& a, const KMeansResult& b) { return a.inertia < b.inertia; });
    best.representatives = nearest_rows(rows, best.centers, /*distinct=*/true);
    return best;
}

} // namespace lacuna
