// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/evaluation/bootstrap.h"

namespace lacuna {

/// A Gaussian fitted to rows.
struct FittedGaussian {
    Tensor mean;       ///< [F] float64
    Tensor covariance; ///< [F,F] float64, unbiased
};

/// Of features [N,F], N >= 2.
FittedGaussian fit_gaussian(const Tensor& features);

/// Squared Frechet distance |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2), exact: the roots of the covariances
/// by symmetric eigen-decomposition, the last trace as the sum of the singular values of C1^1/2 C2^1/2. Eigenvalues
/// that only rounding makes, negative or positive, count as 0. Heusel et al. 2017.
double frechet_distance(const FittedGaussian& a, const FittedGaussian& b);

/// bootstrap() of a Frechet distance between things of which some may be drawn twice. Repeated rows alone raise the
/// distance, so the spread of the resamples around their own median is put around the value. A resample without a
/// distance is not a number.
Interval frechet_bootstrap(std::size_t units,
                           const std::function<double(const std::vector<std::size_t>&)>& distance,
                           const BootstrapOptions&);

/// Of Gaussians fitted to rows [N,F] and [M,F], N and M >= 2, by drawing rows of both again.
Interval frechet_interval(const Tensor& a, const Tensor& b, const BootstrapOptions& = {.resamples = 400});

/// Squared Mahalanobis distances of rows [N,F] from a Gaussian whose covariance is (1 - shrink) C + shrink tr(C)/F I,
/// so that directions without variation do not decide: [N] float64.
Tensor mahalanobis(const FittedGaussian&, const Tensor& features, double shrink = 0.1);

} // namespace lacuna
