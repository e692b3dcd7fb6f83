// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/selection/rules.h"

namespace lacuna {

/// A matrix [N,F] as rows of float64, and back on the CPU.
FeatureRows rows_of(const Tensor& features);
Tensor tensor_of(const FeatureRows&);

/// Exact Euclidean distances between the rows of features [N,F], [N,N] float64.
Tensor pairwise_distances(const Tensor& features);

/// Euclidean distances between the directions of the rows, in [0,2]: the public code's cosine distances.
Tensor direction_distances(const Tensor& features);

/// The command line's dispatch: rule is fps, kmeans, uniform or random; more than 25 columns are reduced for uniform.
/// k distinct rows in the order of selection. Throws Error{Input} when there are fewer than k rows or values that
/// are not finite.
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
