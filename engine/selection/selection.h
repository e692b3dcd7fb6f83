// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Exact Euclidean distances between the rows of features [N,F], [N,N] float64.
Tensor pairwise_distances(const Tensor& features);

/// Greedy max-min (farthest point): the row farthest from those chosen, lowest index on ties. Only the first
/// `limit` rows take part (0: all). Cohen et al. 2024, App. B; restoration.md 5.2.
std::vector<int> farthest_point(const Tensor& features, int k, int first, int limit = 0);
/// The index of the row of the globally largest distance: the alternative first point of the public code.
int farthest_pair_first(const Tensor& features);

struct KMeansResult {
    Tensor centers;                   ///< [K,F] float64
    std::vector<int> assign;          ///< [N]
    std::vector<int> representatives; ///< nearest row of each centre; may repeat as in the public code
    double inertia = 0;
};
/// Lloyd from given initial rows until the assignment is stable.
KMeansResult kmeans(const Tensor& features, const std::vector<int>& initial_rows, int max_iterations = 300);
/// k-means++ with restarts, best inertia; representatives deduplicated (next nearest unused row).
KMeansResult kmeans_plus_plus(const Tensor& features, int k, std::uint64_t seed, int restarts = 10);

/// rho_k: distance of each row to its k-th neighbour. `count_self`: the public code counts the point itself as
/// the first neighbour; the paper does not.
std::vector<double> neighbour_distance(const Tensor& features, int k, bool count_self);
/// Uniformization weights rho_k^d (normalised, in log space), with the floor(n * discard) largest set to zero.
std::vector<double> uniformization_weights(const Tensor& features, int k, double dimension, double discard,
                                           bool count_self);
/// k of the public code's rule of thumb: round(n^(2/(d+2)) (ln n)^(d/(d+2))).
int uniformization_k(int n, int dimension);
/// n sequential draws without replacement.
std::vector<int> draw_without_replacement(std::vector<double> weights, int n, std::uint64_t seed);

/// The command line's dispatch: rule is fps, kmeans, uniform or random. k distinct rows in the order of
/// selection. Throws Error{Input} when there are fewer than k rows or values that are not finite.
std::vector<int> select(const Tensor& features, int k, const std::string& rule, std::uint64_t seed);

/// Exact PCA to at most `dimensions` columns: projections on the leading right singular vectors of the centred
/// matrix, [N, min(dimensions, N, F)] float64. Signs are fixed (largest loading positive).
Tensor principal_components(const Tensor& features, int dimensions = 25);

} // namespace lacuna
