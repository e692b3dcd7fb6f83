// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Exact Euclidean distances between the rows of features [N,F], [N,N] float64.
Tensor pairwise_distances(const Tensor& features);

/// Euclidean distances between the directions of the rows, in [0,2]: the public code's cosine distances.
Tensor direction_distances(const Tensor& features);

/// Greedy max-min (farthest point): the row farthest from those chosen, lowest index on ties. Only the first
/// `limit` rows take part (0: all). Cohen et al. 2024, App. B; restoration.md 5.2.
std::vector<int> farthest_point(const Tensor& features, int k, int first, int limit = 0);
/// The index of the row of the globally largest distance: the alternative first point of the public code.
int farthest_pair_first(const Tensor& features);
/// Both for distances [N,N] from elsewhere, such as LPIPS.
std::vector<int> farthest_point_of_distances(const Tensor& distances, int k, int first, int limit = 0);
int farthest_pair_first_of_distances(const Tensor& distances);

struct KMeansResult {
    Tensor centers;                   ///< [K,F] float64
    std::vector<int> assign;          ///< [N]
    std::vector<int> representatives; ///< nearest row of each centre; may repeat as in the public code
    double inertia = 0;
    int iterations = 0; ///< assignments until it was stable or the centres stopped moving
};
/// Lloyd from given initial rows or centres [K,F] until the assignment is stable, or until the squared movements of
/// the centres sum to at most `tolerance` times the mean variance of the columns (1e-4 in the public code).
KMeansResult kmeans(const Tensor& features, const std::vector<int>& initial_rows, int max_iterations = 300);
KMeansResult kmeans_from(const Tensor& features, const Tensor& centers, int max_iterations = 300,
                         double tolerance = 0);
/// k-means++ with restarts, best inertia; representatives deduplicated (next nearest unused row).
KMeansResult kmeans_plus_plus(const Tensor& features, int k, std::uint64_t seed, int restarts = 10);

/// rho_k: distance of each row to its k-th neighbour. `count_self`: the public code counts the point itself as
/// the first neighbour; the paper does not.
std::vector<double> neighbour_distance(const Tensor& features, int k, bool count_self);
/// The same from distances [N,N] from elsewhere.
std::vector<double> neighbour_distance_of_distances(const Tensor& distances, int k, bool count_self);
/// Uniformization weights rho_k^d (normalised, in log space), with the floor(n * discard) largest set to zero.
std::vector<double> uniformization_weights(const std::vector<double>& rho, double dimension, double discard);
std::vector<double> uniformization_weights(const Tensor& features, int k, double dimension, double discard,
                                           bool count_self);
/// k of the public code's rule of thumb: round(n^(2/(d+2)) (ln n)^(d/(d+2))).
int uniformization_k(int n, int dimension);
/// n sequential draws without replacement.
std::vector<int> draw_without_replacement(std::vector<double> weights, int n, std::uint64_t seed);
/// The same in the rounds of numpy's weighted choice, with its numbers in [0,1): each round draws as many rows as
/// are missing with replacement and keeps those that are new, in the order drawn. restoration.md 5.2.
std::vector<int> draw_in_rounds(std::vector<double> weights, int n,
                                const std::function<double()>& next_uniform);

/// The command line's dispatch: rule is fps, kmeans, uniform or random. k distinct rows in the order of
/// selection. Throws Error{Input} when there are fewer than k rows or values that are not finite.
std::vector<int> select(const Tensor& features, int k, const std::string& rule, std::uint64_t seed);

struct PrincipalAxes {
    Tensor axes;            ///< [F,K] float64, orthonormal, largest loading of each positive
    Tensor singular_values; ///< [K] of the centred matrix, descending
};
/// Exact PCA: the leading right singular vectors of the centred matrix, K = min(dimensions, N, F).
PrincipalAxes principal_axes(const Tensor& features, int dimensions = 25);
/// Projections of the centred rows on these axes, [N,K] float64.
Tensor principal_components(const Tensor& features, int dimensions = 25);
/// Fourth standardised moment of the rows along the first axis (3 for a Gaussian), with biased moments: how rare the
/// outliers of a set are. Not a number for rows that coincide. Cohen et al. 2024; restoration.md 5.4.
double first_component_kurtosis(const Tensor& features);

} // namespace lacuna
