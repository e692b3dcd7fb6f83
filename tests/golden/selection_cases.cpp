// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/selection/selection.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

bool any_starts_with(const GoldenCase& golden, const std::string& prefix)
{
    return std::any_of(golden.arrays().begin(), golden.arrays().end(),
                       [&](const std::string& name) { return starts_with(name, prefix); });
}

std::vector<int> integers(GoldenCase& golden, const std::string& array)
{
    const std::vector<double> values = golden.numbers(array);
    return {values.begin(), values.end()};
}

Tensor features_of(const GoldenCase& golden)
{
    return golden.common(golden.params().at("features").get<std::string>());
}

Allowed relative(const GoldenCase& golden)
{
    return {.relative = golden.tolerance("rel", 1e-9)};
}

/// idx_S<k>_L<limit>, idx_furthest_init_S<k>.
bool run_farthest(GoldenCase& golden)
{
    if (!golden.has_param("features") || !golden.has_param("first") || !any_starts_with(golden, "idx_"))
        return false;
    const FeatureRows features = rows_of(features_of(golden));
    for (const std::string& name : golden.arrays()) {
        const int k = static_cast<int>(number_after(name, "_S"));
        const std::vector<int> chosen =
            starts_with(name, "idx_furthest_init")
                ? farthest_point(features, k, {farthest_pair_first(features)})
                : farthest_point(features, k, {static_cast<int>(golden.number("first", 0))},
                                 first_rows(static_cast<int>(number_after(name, "_L"))));
        golden.compare_integers(chosen, name);
    }
    return true;
}

bool ends_with(const std::string& name, const std::string& suffix)
{
    return name.size() >= suffix.size()
           && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
}

/// w_k<k>_t<discard>[_paper], rho_k<k>_{code,paper}, calc_k.
bool run_uniformization(GoldenCase& golden)
{
    if (!golden.has_param("features") || !golden.has_param("d") || !any_starts_with(golden, "w_k"))
        return false;
    const FeatureRows features = rows_of(features_of(golden));
    const double d = golden.number("d", 25);
    for (const std::string& name : golden.arrays()) {
        if (name == "calc_k") {
            // Rows and dimensions of the data set, then those of the paper's two feature spaces.
            golden.compare_integers(std::vector<int>{uniformization_k(features.size(), features.columns()),
                                                     uniformization_k(100, 25), uniformization_k(100, 5)},
                                    name);
            continue;
        }
        const int k = static_cast<int>(number_after(name, "_k"));
        const bool count_self = !ends_with(name, "_paper");
        if (starts_with(name, "rho"))
            golden.compare(neighbour_distance(features, k, count_self), name, relative(golden));
        else
            golden.compare(uniformization_weights(neighbour_distance(features, k, count_self), d,
                                                  number_after(name, "_t")),
                           name, relative(golden));
    }
    return true;
}

/// init_idx_K<k>, centers_K<k>, assign_K<k>, rep_K<k>, inertia_K<k>.
bool run_kmeans(GoldenCase& golden)
{
    if (!golden.has_param("features") || !any_starts_with(golden, "init_idx_K"))
        return false;
    const FeatureRows features = rows_of(features_of(golden));
    for (const std::string& name : golden.arrays()) {
        if (!starts_with(name, "init_idx"))
            continue;
        const std::string suffix = name.substr(std::string("init_idx").size());
        const KMeansResult result = kmeans(features, features.at(integers(golden, name)));
        golden.compare_integers(result.assign, "assign" + suffix);
        golden.compare_integers(result.representatives, "rep" + suffix);
        golden.compare(std::vector<double>{result.inertia}, "inertia" + suffix, relative(golden));
        // Means near 0 have no relative accuracy; their rows are of order 1.
        const double rel = golden.tolerance("rel", 1e-9);
        golden.compare(tensor_of(result.centers), "centers" + suffix, {.absolute = rel, .relative = rel});
    }
    return true;
}

/// The distinct nearest centres of some rows.
int modes(const std::vector<int>& chosen, const std::vector<int>& nearest)
{
    std::set<int> seen;
    for (const int row : chosen)
        seen.insert(nearest.at(static_cast<std::size_t>(row)));
    return static_cast<int>(seen.size());
}

std::vector<int> nearest_centers(const GoldenCase& golden, const Tensor& points)
{
    std::string mixture = golden.params().at("gmm").get<std::string>();
    if (mixture.empty() || mixture.back() != '*')
        throw BrokenData(golden.name(), "the parameters name no mixture");
    mixture.pop_back();
    const Tensor centers = golden.common(mixture + "mu");
    const Tensor nearest = at::cdist(points.to(at::kDouble), centers.to(at::kDouble)).argmin(1);
    return {nearest.data_ptr<std::int64_t>(), nearest.data_ptr<std::int64_t>() + nearest.numel()};
}

/// "unif_w_xi0.9" keeps 0.9 of the rows; the share is a decimal of few digits.
double discarded(const std::string& name)
{
    return std::round((1 - number_after(name, "_xi")) * 1e9) / 1e9;
}

bool run_toy(GoldenCase& golden)
{
    if (!golden.has("points") || !golden.has_param("gmm") || !any_starts_with(golden, "fps_L"))
        return false;
    const Tensor points = golden.array("points").to(at::kDouble);
    const std::vector<int> nearest = nearest_centers(golden, points);
    const FeatureRows rows = rows_of(points);
    const int N = static_cast<int>(golden.number("N", 20)), k = static_cast<int>(golden.number("k", 10));
    if (golden.has("nearest_center"))
        golden.compare_integers(nearest, "nearest_center");
    if (golden.has("component")) // which component made a point; nothing is selected by it
        golden.array("component");
    const std::vector<double> rho = neighbour_distance(rows, k, /*count_self=*/true);
    for (const std::string& name : golden.arrays()) {
        if (starts_with(name, "fps_L")) {
            const auto chosen = farthest_point(rows, N, {static_cast<int>(golden.number("first", 0))},
                                               first_rows(static_cast<int>(number_after(name, "_L"))));
            golden.compare_integers(chosen, name);
            golden.compare_integers(std::vector<int>{modes(chosen, nearest)}, "fps_modes_" + name.substr(4));
        }
        if (starts_with(name, "unif_w_xi"))
            golden.compare(uniformization_weights(rho, golden.number("d", 2), discarded(name)), name,
                           relative(golden));
    }
    if (golden.has("km_init")) {
        const KMeansResult result = kmeans(rows, rows.at(integers(golden, "km_init")));
        golden.compare_integers(result.representatives, "km_rep");
        golden.compare_integers(std::vector<int>{modes(result.representatives, nearest)}, "km_modes");
    }
    return true;
}

} // namespace

bool run_selection_case(GoldenCase& golden)
{
    return run_farthest(golden) || run_uniformization(golden) || run_kmeans(golden) || run_toy(golden);
}

} // namespace lacuna::golden
