// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"
#include "engine/selection/rows.h"

namespace lacuna {

namespace {

using Two = double __attribute__((vector_size(16)));
using Four = double __attribute__((vector_size(32)));
using Eight = double __attribute__((vector_size(64)));

/// The sums of a block, as many side by side as the processor adds at once: compilers find no good order of the loops
/// by themselves. `values`: for each column that of all rows of the block.
template <class Lanes>
[[gnu::always_inline]] inline void sum_block(const double* point, int columns, const double* values,
                                             double* squared)
{
    constexpr std::size_t lanes = sizeof(Lanes) / sizeof(double);
    std::array<Lanes, RowBlocks::block / lanes> sums{};
    for (int c = 0; c < columns; ++c, values += RowBlocks::block)
        for (std::size_t i = 0; i < sums.size(); ++i) {
            Lanes d;
            std::memcpy(&d, values + i * lanes, sizeof d);
            d = point[c] - d;
            sums[i] += d * d;
        }
    std::memcpy(squared, sums.data(), sizeof sums);
}

// The program takes the one for the machine's processor; sanitizers start too early for that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)         \
    && !defined(__SANITIZE_ADDRESS__)
[[gnu::target("arch=x86-64-v4")]] void block_distances(const double* point, int columns, const double* values,
                                                       double* squared)
{
    sum_block<Eight>(point, columns, values, squared);
}
[[gnu::target("arch=x86-64-v3")]] void block_distances(const double* point, int columns, const double* values,
                                                       double* squared)
{
    sum_block<Four>(point, columns, values, squared);
}
[[gnu::target("default")]]
#endif
void block_distances(const double* point, int columns, const double* values, double* squared)
{
    sum_block<Two>(point, columns, values, squared);
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
