// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/selection/algorithms.h"

namespace lacuna {

namespace {

struct Nearest {
    int index = 0;
    double squared = std::numeric_limits<double>::infinity();
};

struct Assignment {
    std::vector<int> centers{};
    double inertia = 0;
};

/// The nearest centre of each row, the first of equally near ones.
Assignment assign(const FeatureRows& rows, const RowBlocks& blocks, const FeatureRows& centers)
{
    constexpr int block = RowBlocks::block;
    Assignment assignment{.centers = std::vector<int>(static_cast<std::size_t>(rows.size()))};
    for (int b = 0; b < blocks.blocks(); ++b) {
        std::array<Nearest, block> nearest{};
        std::array<double, block> squared{};
        for (int c = 0; c < centers.size(); ++c) {
            blocks.squared_distances(centers.row(c), b, squared.data());
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

/// Means of the rows assigned to each centre; the first `held` centres and those without rows stay where they are.
FeatureRows means_of(const FeatureRows& rows, const std::vector<int>& assigned, const FeatureRows& centers,
                     int held)
{
    FeatureRows means(std::vector<double>(centers.values().size(), 0.0), centers.columns());
    std::vector<int> counts(static_cast<std::size_t>(centers.size()), 0);
    for (int i = 0; i < rows.size(); ++i) {
        const int c = assigned[static_cast<std::size_t>(i)];
        ++counts[static_cast<std::size_t>(c)];
        double* sum = means.row(c);
        const double* row = rows.row(i);
        for (int column = 0; column < rows.columns(); ++column)
            sum[column] += row[column];
    }
    for (int c = 0; c < centers.size(); ++c) {
        const int count = counts[static_cast<std::size_t>(c)];
        if (count > 0 && c >= held)
            std::for_each_n(means.row(c), rows.columns(), [count](double& value) { value /= count; });
        else
            std::copy_n(centers.row(c), rows.columns(), means.row(c));
    }
    return means;
}

double squared_movement(const FeatureRows& from, const FeatureRows& to)
{
    double sum = 0;
    for (int c = 0; c < from.size(); ++c)
        sum += from.squared_distance(from.row(c), to.row(c));
    return sum;
}

double mean_variance(const FeatureRows& rows)
{
    double sum = 0;
    for (int c = 0; c < rows.columns(); ++c) {
        double mean = 0, squares = 0;
        for (int i = 0; i < rows.size(); ++i)
            mean += rows.row(i)[c] / rows.size();
        for (int i = 0; i < rows.size(); ++i)
            squares += (rows.row(i)[c] - mean) * (rows.row(i)[c] - mean);
        sum += squares / rows.size();
    }
    return sum / rows.columns();
}

struct Stop {
    int max_iterations = kmeans_iterations;
    double least_movement = 0; ///< squared movements of the centres that no longer count
};

KMeansResult lloyd(const FeatureRows& rows, const RowBlocks& blocks, FeatureRows initial, Stop stop, int held)
{
    KMeansResult result{.centers = std::move(initial)};
    const auto reassign = [&] {
        Assignment next = assign(rows, blocks, result.centers);
        const bool stable = next.centers == result.assign;
        result.assign = std::move(next.centers);
        result.inertia = next.inertia;
        return stable;
    };
    while (result.iterations < stop.max_iterations) {
        ++result.iterations;
        if (reassign())
            return result;
        FeatureRows means = means_of(rows, result.assign, result.centers, held);
        const double movement = squared_movement(means, result.centers);
        result.centers = std::move(means);
        if (movement <= stop.least_movement)
            break;
    }
    reassign(); // to the centres as they are now
    return result;
}

/// Adds the row nearest to each centre from `chosen.size()` on.
std::vector<int> nearest_rows(const FeatureRows& rows, const FeatureRows& centers, std::vector<int> chosen,
                              bool distinct)
{
    for (int c = static_cast<int>(chosen.size()); c < centers.size(); ++c) {
        Nearest nearest;
        for (int i = 0; i < rows.size(); ++i) {
            if (distinct && std::find(chosen.begin(), chosen.end(), i) != chosen.end())
                continue;
            if (const double d = rows.squared_distance(rows.row(i), centers.row(c)); d < nearest.squared)
                nearest = {i, d};
        }
        chosen.push_back(nearest.index);
    }
    return chosen;
}

/// Initial rows of k-means++: each with a probability proportional to its squared distance from those chosen.
std::vector<int> spread_rows(const FeatureRows& rows, int k, const DrawStream& stream,
                             const std::vector<int>& held)
{
    std::vector<int> chosen = held;
    if (chosen.empty())
        chosen.push_back(static_cast<int>(uniform(stream, 0) * rows.size()));
    std::vector<double> squared(static_cast<std::size_t>(rows.size()),
                                std::numeric_limits<double>::infinity());
    const auto see = [&](int row) { // the sum of the distances afterwards
        double total = 0;
        for (int i = 0; i < rows.size(); ++i) {
            double& d = squared[static_cast<std::size_t>(i)];
            d = std::min(d, rows.squared_distance(i, row));
            total += d;
        }
        return total;
    };
    for (std::size_t i = 0; i + 1 < chosen.size(); ++i)
        see(chosen[i]);
    while (static_cast<int>(chosen.size()) < k) {
        const double total = see(chosen.back());
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

KMeansResult kmeans(const FeatureRows& rows, const FeatureRows& centers, int max_iterations, double tolerance)
{
    check(centers.size() > 0 && centers.columns() == rows.columns(), "K-means starts from centres");
    const double least_movement = tolerance > 0 ? tolerance * mean_variance(rows) : 0;
    KMeansResult result = lloyd(rows, RowBlocks(rows), centers, {max_iterations, least_movement}, 0);
    result.representatives = nearest_rows(rows, result.centers, {}, /*distinct=*/false);
    return result;
}

KMeansResult kmeans_plus_plus(const FeatureRows& rows, int k, DrawStream stream, int restarts,
                              const std::vector<int>& held)
{
    check(k >= 1 && k <= rows.size() && k >= static_cast<int>(held.size()),
          "K-means has between one centre and as many as rows");
    check(restarts >= 1, "K-means is run at least once");
    const RowBlocks blocks(rows);
    std::vector<KMeansResult> results(static_cast<std::size_t>(restarts));
    parallel_for(results.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t restart = begin; restart < end; ++restart) {
            DrawStream own = stream;
            own.member = static_cast<std::uint32_t>(restart);
            results[restart] = lloyd(rows, blocks, rows.at(spread_rows(rows, k, own, held)), {},
                                     static_cast<int>(held.size()));
        }
    });
    // The first of equally good ones.
    KMeansResult best =
        *std::min_element(results.begin(), results.end(),
                          [](const KMeansResult& a, const KMeansResult& b) { return a.inertia < b.inertia; });
    best.representatives = nearest_rows(rows, best.centers, held, /*distinct=*/true);
    return best;
}

} // namespace lacuna
