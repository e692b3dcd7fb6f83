// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/selection/rows.h"

/// Principal components of a few columns without a tensor library.
namespace lacuna {

struct Eigenpair {
    double value = 0;
    std::vector<double> vector{}; ///< of length 1, its largest element positive
};
/// The largest eigenvalue of a symmetric matrix, n x n values row after row, n at least 1. Householder's reduction to
/// three diagonals, bisection with Sturm's sequence, inverse iteration (Golub & Van Loan 2013, ch. 8); O(n^3).
Eigenpair leading_eigenpair(std::vector<double> symmetric, int n);

/// Projections of the centred rows on their leading principal axes, [N, min(dimensions, F)]; 0 where
/// no more than rounding varies.
FeatureRows principal_rows(const FeatureRows&, int dimensions);

/// Projections of the centred rows on their first principal axis.
std::vector<double> first_component(const FeatureRows&);

/// Fourth standardised moment with biased moments: 3 for a Gaussian. Not a number where all are equal.
double kurtosis(const std::vector<double>& numbers);

} // namespace lacuna
