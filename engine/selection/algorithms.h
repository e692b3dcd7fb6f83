// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/core/philox.h"
#include "engine/selection/rows.h"

/// The rules of selection on plain rows. Cohen et al. 2024, App. B; restoration.md 5.2, samplers.md 8.
namespace lacuna {

/// The rows 0 .. count - 1: those that the public code lets take part.
std::vector<int> first_rows(int count);

/// Greedy max-min (farthest point): `k` rows that begin with those of `start`, then always the row farthest from those
/// chosen, the first of `eligible` on ties. Only eligible rows are chosen; empty: all rows, in order.
std::vector<int> farthest_point(const FeatureRows&, int k, const std::vector<int>& start,
                                const std::vector<int>& eligible = {});
/// The index of the row of the globally largest distance: the alternative first point of the public code.
int farthest_pair_first(const FeatureRows&);
/// Both for distances [N,N] from elsewhere, such as LPIPS.
std::vector<int> farthest_point_of_distances(const FeatureRows& distances, int k,
                                             const std::vector<int>& start,
                                             const std::vector<int>& eligible = {});
int farthest_pair_first_of_distances(const FeatureRows& distances);

struct KMeansResult {
    FeatureRows centers{};              ///< [K,F]
    std::vector<int> assign{};          ///< [N]
    std::vector<int> representatives{}; ///< nearest row of each centre; may repeat as in the public code
    double inertia = 0;
    int iterations = 0; ///< assignments until it was stable or the centres stopped moving
};
inline constexpr int kmeans_iterations = 300;
/// Lloyd from given centres [K,F] until the assignment is stable, or until the squared movements of the centres sum
/// to at most `tolerance` times the mean variance of the columns (1e-4 in the public code).
KMeansResult kmeans(const FeatureRows&, const FeatureRows& centers, int max_iterations = kmeans_iterations,
                    double tolerance = 0);
/// k-means++ with restarts, best inertia; representatives deduplicated (next nearest unused row). The rows `held` are
/// the first centres and representatives and do not move. The streams of the restarts differ in their member.
KMeansResult kmeans_plus_plus(const FeatureRows&, int k, DrawStream, int restarts = 10,
                              const std::vector<int>& held = {});

/// What each row has around it, found in one pass over all pairs.
struct Neighbourhoods {
    std::vector<double> rho{};  ///< distance to the k-th neighbour
    std::vector<int> nearest{}; ///< the nearest other row, the first of equally near ones; -1: there is none
    std::vector<double> squared{}; ///< distance to that one
};
/// `count_self`: the public code counts the point itself as the first neighbour; the paper does not.
Neighbourhoods neighbourhoods(const FeatureRows&, int k, bool count_self);
/// rho_k alone.
std::vector<double> neighbour_distance(const FeatureRows&, int k, bool count_self);
/// The same from distances [N,N] from elsewhere.
std::vector<double> neighbour_distance_of_distances(const FeatureRows& distances, int k, bool count_self);
/// All but the floor(n * discard) rows of the largest rho, the most probable first; of equal ones the later go first.
std::vector<int> most_probable(const std::vector<double>& rho, double discard);
/// Uniformization weights rho_k^d (normalised, in log space), zero for those that are not most probable.
std::vector<double> uniformization_weights(const std::vector<double>& rho, double dimension, double discard);
/// k of the public code's rule of thumb: round(n^(2/(d+2)) (ln n)^(d/(d+2))).
int uniformization_k(int n, int dimension);

/// n sequential draws without replacement, from the elements of the stream in order.
std::vector<int> draw_without_replacement(std::vector<double> weights, int n, const DrawStream&);
/// The same in the rounds of numpy's weighted choice, with its numbers in [0,1): each round draws as many rows as
/// are missing with replacement and keeps those that are new, in the order drawn. restoration.md 5.2.
std::vector<int> draw_in_rounds(std::vector<double> weights, int n,
                                const std::function<double()>& next_uniform);

} // namespace lacuna
