// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace lacuna {

/// A number with the interval in which it lies with 95 % confidence.
struct Interval {
    double value = 0, low = 0, high = 0;

    bool contains(double x) const { return low <= x && x <= high; }
};

struct BootstrapOptions {
    int resamples = 2000;
    double confidence = 0.95; ///< (0, 1)
    std::uint64_t seed = 0;
};

/// The value at share q in [0, 1] of sorted numbers, linear between neighbours.
double quantile(const std::vector<double>& sorted, double q);

/// Percentile bootstrap (Efron 1979): the statistic of `count` units, and of as many drawn from them with
/// replacement, again and again. The statistic gets the numbers of the units, with repetitions; resamples for which
/// it is not a number are left out. Units are what is independent: scenes, not their fills.
Interval bootstrap(std::size_t count, const std::function<double(const std::vector<std::size_t>&)>& statistic,
                   const BootstrapOptions& options = {});

/// Of the mean of these values.
Interval bootstrap_mean(const std::vector<double>& values, const BootstrapOptions& options = {});

/// Wilson's score interval of a share, `hits` of `count` independent trials, z = 1.96.
Interval wilson(std::size_t hits, std::size_t count);

} // namespace lacuna
