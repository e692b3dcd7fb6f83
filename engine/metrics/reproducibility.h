// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"

/// How alike two models are, and how far a model is from its training set, by the cosine M of copy-detection
/// descriptors. samplers.md section 6. Descriptors are rows [N,F] of any length; results are float64.
namespace lacuna::metrics {

/// M counts as a copy above this (strictly).
constexpr double copy_threshold = 0.6;

/// M of row i of a with row i of b, [N].
Tensor paired_similarity(const Tensor& a, const Tensor& b);
/// M of every row of a with every row of b, [N,M]; a zero row has similarity 0.
Tensor similarity_matrix(const Tensor& a, const Tensor& b);

/// RP: share of pairs, drawn from the same noise by two models, that are copies. RP_cond is the same with both
/// models conditioned on one class.
double reproducibility(const Tensor& a, const Tensor& b, double threshold = copy_threshold);
/// Share of generated rows that copy a row of the training set.
double copied_share(const Tensor& generated, const Tensor& training, double threshold = copy_threshold);
/// GL: 1 - copied_share.
double generalization(const Tensor& generated, const Tensor& training, double threshold = copy_threshold);
/// RP_between: share of unconditional rows [N,F] that some class of a conditional model copies from the same noise;
/// conditional [C,N,F].
double reproducibility_between(const Tensor& unconditional, const Tensor& conditional,
                               double threshold = copy_threshold);

} // namespace lacuna::metrics
