// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/error.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// Features [N,F] as rows of float64 on the CPU, for the selection rules.
class FeatureRows {
public:
    explicit FeatureRows(const Tensor& features)
        : values_(features.to(at::kCPU, at::kDouble).contiguous()),
          size_(static_cast<int>(values_.size(0))),
          columns_(values_.size(1)),
          first_(values_.data_ptr<double>())
    {
        check(values_.dim() == 2, "features are a matrix");
    }

    int size() const { return size_; }
    std::int64_t columns() const { return columns_; }
    const double* row(int i) const { return first_ + i * columns_; }
    double squared_distance(int i, int j) const { return squared_distance(row(i), row(j)); }
    double squared_distance(const double* a, const double* b) const
    {
        double sum = 0;
        for (std::int64_t c = 0; c < columns_; ++c)
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }

private:
    Tensor values_;
    int size_;
    std::int64_t columns_;
    const double* first_;
};

/// The same rows in groups of 16 with the values of one column side by side, so that distances from one point to 16
/// rows are computed together. Each sum runs over the columns in order: the bits are those of
/// FeatureRows::squared_distance.
class RowBlocks {
public:
    static constexpr int block = 16;
    explicit RowBlocks(const FeatureRows&);

    int blocks() const { return blocks_; }
    /// Squared distances from a point to rows 16 b .. 16 b + 15; those past the last row mean nothing.
    void squared_distances(const double* point, int b, double* squared) const;

private:
    std::int64_t columns_;
    int blocks_;
    std::vector<double> values_{};
};

/// Distances between all rows [N,N] as float64 on the CPU.
class DistanceRows {
public:
    explicit DistanceRows(const Tensor& distances) : rows_(distances)
    {
        check(rows_.columns() == rows_.size(), "distances between all rows");
    }
    int size() const { return rows_.size(); }
    const double* row(int i) const { return rows_.row(i); }
    double distance(int i, int j) const { return rows_.row(i)[j]; }

private:
    FeatureRows rows_;
};

} // namespace lacuna
