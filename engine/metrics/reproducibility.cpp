// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/reproducibility.h"

#include "engine/core/error.h"

namespace lacuna::metrics {

namespace {

/// Rows of length 1 in float64; zero rows stay 0.
Tensor unit_rows(const Tensor& rows)
{
    const Tensor values = rows.to(at::kDouble);
    const Tensor norms = values.square().sum(-1, true).sqrt();
    return values / at::where(norms > 0, norms, at::ones_like(norms));
}

double share_above(const Tensor& similarities, double threshold)
{
    check(similarities.numel() > 0, "a share is taken of at least one");
    return static_cast<double>((similarities > threshold).sum().item<std::int64_t>())
           / static_cast<double>(similarities.numel());
}

} // namespace

Tensor paired_similarity(const Tensor& a, const Tensor& b)
{
    check(a.dim() == 2 && a.sizes() == b.sizes(), "pairs have one descriptor each");
    return (unit_rows(a) * unit_rows(b)).sum(-1);
}

Tensor similarity_matrix(const Tensor& a, const Tensor& b)
{
    check(a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1), "descriptors have the same length");
    const Tensor left = unit_rows(a), right = unit_rows(b);
    std::vector<Tensor> rows;
    for (std::int64_t i = 0; i < left.size(0); ++i)
        rows.push_back((left[i] * right).sum(-1));
    return at::stack(rows);
}

double reproducibility(const Tensor& a, const Tensor& b, double threshold)
{
    return share_above(paired_similarity(a, b), threshold);
}

double copied_share(const Tensor& generated, const Tensor& training, double threshold)
{
    return share_above(similarity_matrix(generated, training).amax(1), threshold);
}

double generalization(const Tensor& generated, const Tensor& training, double threshold)
{
    return 1 - copied_share(generated, training, threshold);
}

double reproducibility_between(const Tensor& unconditional, const Tensor& conditional, double threshold)
{
    check(conditional.dim() == 3 && conditional.size(0) > 0, "there is at least one class");
    std::vector<Tensor> classes;
    for (const Tensor& rows : conditional.unbind(0))
        classes.push_back(paired_similarity(unconditional, rows));
    return share_above(at::stack(classes).amax(0), threshold);
}

} // namespace lacuna::metrics
