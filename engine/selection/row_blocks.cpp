// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/selection/rows.h"

namespace lacuna {

RowBlocks::RowBlocks(const FeatureRows& rows)
    : columns_(rows.columns()),
      blocks_((rows.size() + block - 1) / block),
      values_(static_cast<std::size_t>(blocks_ * block * columns_), 0.0)
{
    for (int i = 0; i < rows.size(); ++i)
        for (std::int64_t c = 0; c < columns_; ++c)
            values_[static_cast<std::size_t>((i / block * columns_ + c) * block + i % block)] =
                rows.row(i)[c];
}

void RowBlocks::squared_distances(const double* point, int b, double* squared) const
{
    const double* values = values_.data() + static_cast<std::size_t>(b * columns_ * block);
    double sums[block] = {};
    for (std::int64_t c = 0; c < columns_; ++c, values += block)
        for (int i = 0; i < block; ++i) {
            const double d = point[c] - values[i];
            sums[i] += d * d;
        }
    std::copy(sums, sums + block, squared);
}

} // namespace lacuna
