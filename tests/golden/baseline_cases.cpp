// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/selection/selection.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

/// Least magnitude of the cosines between the published axes, which are found by a randomised method, and the exact
/// ones, where the case does not say it.
constexpr double usual_cosine = 0.9999;

int integer(const GoldenCase& golden, const std::string& key)
{
    return golden.params().at(key).get<int>();
}

Allowed allowed(const GoldenCase& golden, const char* absolute, const char* relative)
{
    return {.absolute = golden.tolerance(absolute, 0), .relative = golden.tolerance(relative, 0)};
}

/// Columns with the signs of those of another matrix.
Tensor signed_like(const Tensor& columns, const Tensor& other)
{
    const Tensor products = (columns.to(at::kDouble) * other.to(at::kDouble)).sum(0, /*keepdim=*/true);
    return columns * products.sign();
}

void compare_components(GoldenCase& golden)
{
    const Tensor features = golden.array("features").to(at::kDouble);
    const PrincipalAxes exact = principal_axes(features, integer(golden, "k_pca"));
    golden.compare(exact.singular_values, "pca_S", allowed(golden, "", "pca_S_rel"));
    golden.compare(exact.singular_values, "pca_S_exact", {.relative = 1e-9});
    golden.compare(signed_like(exact.axes, golden.array("pca_V_exact")), "pca_V_exact", {.absolute = 1e-8});

    // Unit vectors with this cosine are no farther apart.
    const double cosine =
        golden.number("min_abs_cos_between_official_and_exact_principal_axes", usual_cosine);
    const double apart = std::sqrt(2 * (1 - cosine)) + 1e-5;
    const Tensor official = golden.array("pca_V");
    const Tensor axes = signed_like(exact.axes, official);
    golden.compare(axes, "pca_V", {.absolute = apart});
    const Tensor lengths = features.square().sum(1, /*keepdim=*/true).sqrt();
    golden.compare_within(at::matmul(features, axes), golden.array("pca_features"), "pca_features",
                          apart * lengths);
}

/// The published distances come from squares in single precision: near 0 they are off by the recorded error.
void compare_distances(GoldenCase& golden, const Tensor& distances, const std::string& array)
{
    const double off = golden.number("max_abs_distance_error_of_faiss", 0) + 1e-6;
    const Tensor bound = at::full_like(distances, golden.tolerance("distances_abs", 1e-3));
    bound.fill_diagonal_(std::max(off, golden.tolerance("distances_abs", 1e-3)));
    golden.compare_within(distances, golden.array(array), array, bound);
}

void compare_choices(GoldenCase& golden, const Tensor& table, int most, double dimension)
{
    const FeatureRows distances = rows_of(table);
    const std::vector<int> part = first_rows(most > 0 ? most : distances.size());
    const int n = integer(golden, "n_samples"), k = integer(golden, "k_of_knn");
    golden.compare_integers(
        farthest_point_of_distances(distances, n, {integer(golden, "fps_first_index")}, part), "fps_ids");
    if (golden.has("fps_ids_init_furthest")) {
        const auto size = static_cast<std::int64_t>(part.size());
        const int first =
            farthest_pair_first_of_distances(rows_of(table.slice(0, 0, size).slice(1, 0, size)));
        golden.compare_integers(farthest_point_of_distances(distances, n, {first}, part),
                                "fps_ids_init_furthest");
    }

    const std::vector<double> rho = neighbour_distance_of_distances(distances, k, /*count_self=*/true);
    if (golden.has("knn_kth_distance"))
        golden.compare(rho, "knn_kth_distance", {.absolute = golden.tolerance("distances_abs", 1e-3)});
    const std::vector<double> weights = uniformization_weights(rho, dimension, golden.number("t", 0));
    golden.compare(weights, "uniformization_weights", allowed(golden, "", "weights_rel"));
    const std::vector<double> uniforms = golden.numbers("uniform_draws");
    std::size_t used = 0;
    golden.compare_integers(draw_in_rounds(weights, n, [&] { return uniforms.at(used++); }),
                            "uniformization_ids");
    if (golden.has_param("uniforms_used"))
        golden.compare_values(at::tensor(static_cast<std::int64_t>(used)),
                              at::tensor(golden.params()["uniforms_used"].get<std::int64_t>()),
                              "the number of uniforms used", {});
}

void compare_kmeans(GoldenCase& golden, const Tensor& features)
{
    const Tensor initial = golden.array("kmeans_init_centers");
    std::vector<Tensor> centers;
    std::vector<double> inertia;
    std::vector<std::int64_t> iterations;
    KMeansResult best;
    for (std::int64_t run = 0; run < initial.size(0); ++run) {
        const KMeansResult result = kmeans(rows_of(features), rows_of(initial[run]), kmeans_iterations, 1e-4);
        centers.push_back(tensor_of(result.centers));
        inertia.push_back(result.inertia);
        iterations.push_back(result.iterations);
        // The same clustering in another order is not better.
        if (run == 0 || result.inertia < best.inertia * (1 - 1e-9))
            best = result;
    }
    golden.compare(at::stack(centers), "kmeans_final_centers", allowed(golden, "centers_abs", ""));
    golden.compare(inertia, "kmeans_inertia", allowed(golden, "", "inertia_rel"));
    // The recorded starting centres may be settled already: no run needs more assignments than the published one.
    const Tensor published = golden.array("kmeans_n_iter");
    golden.compare_values(at::maximum(at::tensor(iterations, at::kLong), published), published,
                          "kmeans_n_iter", {});
    golden.compare_integers(best.assign, "kmeans_labels_best");
    golden.compare_integers(best.representatives, "kmeans_ids");
}

void compare_rule_of_thumb(GoldenCase& golden)
{
    const Tensor rows = golden.array("calc_k"); // n, d, k
    std::vector<std::int64_t> computed;
    for (std::int64_t i = 0; i < rows.size(0); ++i)
        computed.push_back(uniformization_k(rows[i][0].item<int>(), rows[i][1].item<int>()));
    golden.compare_values(at::tensor(computed, at::kLong), rows.select(1, 2), "calc_k", {});
}

} // namespace

bool run_baseline_case(GoldenCase& golden)
{
    const nlohmann::json kind = golden.params().value("kind", nlohmann::json());
    const bool measured = kind == "baselines_given_distances";
    if (!measured && kind != "baselines")
        return false;
    if (golden.has("calc_k"))
        compare_rule_of_thumb(golden);
    if (measured) {
        // The published path for distances from elsewhere takes the features to have five dimensions.
        compare_choices(golden, golden.array("distances"), 0, golden.number("d", 5));
        return true;
    }
    if (golden.has("pca_V"))
        compare_components(golden);
    const Tensor features =
        golden.array(golden.has("pca_features") ? "pca_features" : "features").to(at::kDouble);
    const Tensor distances = pairwise_distances(features);
    compare_distances(golden, distances, "distances_l2");
    if (golden.has("distances_cos"))
        compare_distances(golden, direction_distances(features), "distances_cos");
    compare_choices(golden, distances, static_cast<int>(golden.number("L", 0)),
                    static_cast<double>(features.size(1)));
    if (golden.has("kmeans_init_centers"))
        compare_kmeans(golden, features);
    return true;
}

} // namespace lacuna::golden
