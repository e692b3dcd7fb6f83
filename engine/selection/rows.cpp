// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"
#include "engine/core/processor_clones.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

/// Numbers that are worked on together; compilers find no good order of the loops below by themselves.
using Lanes = double __attribute__((vector_size(64)));

/// `values`: for each column that of `block` rows.
LACUNA_CLONES void block_distances(const double* point, int columns, const double* values, double* squared)
{
    constexpr int lanes = sizeof(Lanes) / sizeof(double);
    static_assert(RowBlocks::block == 2 * lanes);
    Lanes first{}, second{}; // sums of the two halves of the block
    for (int c = 0; c < columns; ++c, values += RowBlocks::block) {
        Lanes a, b;
        std::memcpy(&a, values, sizeof a);
        std::memcpy(&b, values + lanes, sizeof b);
        a = point[c] - a;
        b = point[c] - b;
        first += a * a;
        second += b * b;
    }
    std::memcpy(squared, &first, sizeof first);
    std::memcpy(squared + lanes, &second, sizeof second);
}

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
    block_distances(point, columns_,
                    values_.data() + static_cast<std::size_t>(b) * block * static_cast<std::size_t>(columns_),
                    squared);
}

} // namespace lacuna
