// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

namespace lacuna::cli {

inline double seconds(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Median of the ratios of two works run alternately, so that a busy machine disturbs both alike.
inline double paired_ratio(int rounds, const std::function<void()>& work,
                           const std::function<void()>& reference)
{
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        const double r = seconds(reference);
        ratios.push_back(seconds(work) / r);
    }
    return median(ratios);
}

} // namespace lacuna::cli
