// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cstring>

#include "engine/selection/rows.h"

namespace lacuna {

namespace {

/// Two sums that a processor updates at once; compilers find no good order of the loops below by themselves.
using Pair = double __attribute__((vector_size(16)));

} // namespace

RowBlocks::RowBlocks(const FeatureRows& rows)
    : columns_(rows.columns()),
      blocks_((rows.size() + block - 1) / block),
      values_(static_cast<std::size_t>(blocks_) * block * static_cast<std::size_t>(columns_), 0.0)
{
    for (int i = 0; i < rows.size(); ++i)
        for (std::int64_t c = 0; c < columns_; ++c)
            values_[static_cast<std::size_t>((i / block * columns_ + c) * block + i % block)] =
                rows.row(i)[c];
}

void RowBlocks::squared_distances(const double* point, int b, double* squared) const
{
    const double* values =
        values_.data() + static_cast<std::size_t>(b) * block * static_cast<std::size_t>(columns_);
    std::array<Pair, block / 2> sums{};
    for (std::int64_t c = 0; c < columns_; ++c, values += block) {
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
