// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Columns that uniformization sees, as in Cohen et al. 2024, App. B.
constexpr int uniform_dimensions = 25;

} // namespace

FeatureRows rows_of(const Tensor& features)
{
    if (features.dim() != 2 || features.size(1) < 1)
        throw Error(ErrorKind::Input, "The features", "they are not a table with one row for each picture",
                    "Give one row of numbers for each picture.");
    const Tensor values = features.to(at::kCPU, at::kDouble).contiguous();
    const double* first = values.data_ptr<double>();
    return {std::vector<double>(first, first + values.numel()), static_cast<int>(values.size(1))};
}

Tensor tensor_of(const FeatureRows& rows)
{
    return at::tensor(rows.values(), at::kDouble).reshape({rows.size(), rows.columns()});
}

Tensor pairwise_distances(const Tensor& features)
{
    const FeatureRows rows = rows_of(features);
    const Tensor distances = at::zeros({rows.size(), rows.size()}, at::kDouble);
    auto d = distances.accessor<double, 2>();
    for (int i = 0; i < rows.size(); ++i)
        for (int j = i + 1; j < rows.size(); ++j)
            d[i][j] = d[j][i] = std::sqrt(rows.squared_distance(i, j));
    return distances;
}

Tensor direction_distances(const Tensor& features)
{
    const Tensor values = features.to(at::kCPU, at::kDouble);
    const Tensor lengths = values.square().sum(1, /*keepdim=*/true).sqrt();
    return pairwise_distances(values / at::where(lengths > 0, lengths, at::ones_like(lengths)));
}

std::vector<int> select(const Tensor& features, int k, const std::string& rule, std::uint64_t seed)
{
    const RuleOptions options{.rule = parse_rule(rule), .seed = seed};
    const FeatureRows rows = rows_of(features);
    const bool reduce = options.rule == Rule::Uniform && rows.columns() > uniform_dimensions && k >= 1
                        && k <= rows.size() && at::isfinite(features).all().item<bool>();
    return choose(reduce ? rows_of(principal_components(features, uniform_dimensions)) : rows, k, options);
}

} // namespace lacuna
