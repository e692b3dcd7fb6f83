// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/tail.h"

#include "engine/core/error.h"
#include "engine/selection/selection.h"

namespace lacuna {

namespace {

constexpr int most_dimensions = 100;

} // namespace

TailReport tail_report(const Tensor& features, const TailOptions& options)
{
    check(features.dim() == 2, "a pool to describe");
    const bool few = features.size(0) == 0 || !at::isfinite(features).all().item<bool>(); // said by the other
    const Tensor components = few ? features : principal_components(features, most_dimensions);
    const double largest = few ? 0 : features.abs().max().item<double>();
    TailReport report = tail_report(rows_of(components), options, 1e-9 * (1 + largest));
    report.dimension = static_cast<int>(features.size(1));
    return report;
}

} // namespace lacuna
