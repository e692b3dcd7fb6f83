// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

/// Two sums that a processor updates at once; compilers find no good order of the loops below by themselves.
using Pair = double __attribute__((vector_size(16)));

} // namespace

FeatureRows::FeatureRows(std::vector<double> values, int columns)
    : values_(std::move(values)),
      columns_(columns),
      size_(columns > 0 ? static_cast<int>(values_.size() / static_cast<std::size_t>(columns)) : 0)
{
    check(columns >= 0 && offset(size_) == values_.size(), "features are a matrix");
}

bool FeatureRows::is_finite(int i) const
{
    return std::all_of(row(i), row(i) + columns_, [](double value) { return std::isfinite(value); });
}

FeatureRows FeatureRows::at(const std::vector<int>& rows) const
{
    std::vector<double> values;
    values.reserve(rows.size() * static_cast<std::size_t>(columns_));
    for (const int i : rows) {
        check(i >= 0 && i < size_, "a row that is asked for is there");
        values.insert(values.end(), row(i), row(i) + columns_);
    }
    return {std::move(values), columns_};
}

RowBlocks::RowBlocks(const FeatureRows& rows)
    : columns_(rows.columns()),
      blocks_((rows.size() + block - 1) / block),
      values_(static_cast<std::size_t>(blocks_) * block * static_cast<std::size_t>(columns_), 0.0)
{
    for (int i = 0; i < rows.size(); ++i) {
        double* value = values_.data()
                        + static_cast<std::size_t>(i / block) * block * static_cast<std::size_t>(columns_)
                        + i % block;
        for (int c = 0; c < columns_; ++c, value += block)
            *value = rows.row(i)[c];
    }
}

void RowBlocks::squared_distances(const double* point, int b, double* squared) const
{
    const double* values =
        values_.data() + static_cast<std::size_t>(b) * block * static_cast<std::size_t>(columns_);
    std::array<Pair, block / 2> sums{};
    for (int c = 0; c < columns_; ++c, values += block) {
        const Pair coordinate{point[c], point[c]};
        for (std::size_t i = 0; i < sums.size(); ++i) {
            Pair d;
            std::memcpy(&d, values + 2 * i, sizeof d);
            d = coordinate - d;
            sums[i] += d * d;
        }
    }
    std::memcpy(squared, sums.data(), sizeof sums);
}

} // namespace lacuna
