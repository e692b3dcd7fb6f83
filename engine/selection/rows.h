// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lacuna {

/// Features [N,F] as rows of float64, N and F at least 0.
class FeatureRows {
public:
    FeatureRows() = default;
    /// values: row after row of `columns` numbers.
    FeatureRows(std::vector<double> values, int columns);
    FeatureRows(std::span<const float> values, int columns)
        : FeatureRows(std::vector<double>(values.begin(), values.end()), columns)
    {
    }

    int size() const { return size_; }
    int columns() const { return columns_; }
    const double* row(int i) const { return values_.data() + offset(i); }
    double* row(int i) { return values_.data() + offset(i); }
    const std::vector<double>& values() const { return values_; }
    bool is_finite(int i) const;

    double squared_distance(int i, int j) const { return squared_distance(row(i), row(j)); }
    double squared_distance(const double* a, const double* b) const
    {
        double sum = 0;
        for (int c = 0; c < columns_; ++c)
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }
    /// These rows in this order.
    FeatureRows at(const std::vector<int>& rows) const;

private:
    std::size_t offset(int i) const
    {
        return static_cast<std::size_t>(i) * static_cast<std::size_t>(columns_);
    }

    std::vector<double> values_{};
    int columns_ = 0;
    int size_ = 0;
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
    int columns_;
    int blocks_;
    std::vector<double> values_{};
};

} // namespace lacuna
