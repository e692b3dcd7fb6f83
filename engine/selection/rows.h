// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/error.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// Features [N,F] as rows of float64 on the CPU, for the selection rules.
class FeatureRows {
public:
    explicit FeatureRows(const Tensor& features)
        : values_(features.to(at::kCPU, at::kDouble).contiguous()),
          size_(static_cast<int>(values_.size(0))),
          columns_(values_.size(1))
    {
        check(values_.dim() == 2, "features are a matrix");
    }

    int size() const { return size_; }
    std::int64_t columns() const { return columns_; }
    const double* row(int i) const { return values_.data_ptr<double>() + i * columns_; }
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
};

} // namespace lacuna
