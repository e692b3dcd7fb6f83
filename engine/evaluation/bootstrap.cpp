// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.h"
#include "engine/core/philox.h"

namespace lacuna {

namespace {

constexpr std::uint32_t resampling = 0x424F4F54; // apart from the streams of the samplers

} // namespace

double quantile(const std::vector<double>& sorted, double q)
{
    check(!sorted.empty() && q >= 0 && q <= 1, "a share of some numbers");
    const double position = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Interval bootstrap(std::size_t count, const std::function<double(const std::vector<std::size_t>&)>& statistic,
                   const BootstrapOptions& options)
{
    check(count > 0 && options.resamples > 0, "something to draw from");
    std::vector<std::size_t> units(count);
    std::iota(units.begin(), units.end(), std::size_t(0));
    const double value = statistic(units);
    std::vector<double> drawn;
    for (int b = 0; b < options.resamples; ++b) {
        const DrawStream stream{options.seed, 0, static_cast<std::uint32_t>(b), resampling};
        for (std::size_t i = 0; i < count; ++i)
            units[i] = static_cast<std::size_t>(uniform(stream, i) * static_cast<double>(count));
        if (const double again = statistic(units); std::isfinite(again))
            drawn.push_back(again);
    }
    if (drawn.empty())
        return {value, value, value};
    std::sort(drawn.begin(), drawn.end());
    const double tail = (1 - options.confidence) / 2;
    return {value, quantile(drawn, tail), quantile(drawn, 1 - tail)};
}

Interval bootstrap_mean(const std::vector<double>& values, const BootstrapOptions& options)
{
    return bootstrap(
        values.size(),
        [&](const std::vector<std::size_t>& units) {
            double sum = 0;
            for (const std::size_t i : units)
                sum += values[i];
            return sum / static_cast<double>(units.size());
        },
        options);
}

Interval wilson(std::size_t hits, std::size_t count)
{
    check(count > 0 && hits <= count, "some of the trials");
    constexpr double z = 1.959963984540054;
    const double n = static_cast<double>(count), p = static_cast<double>(hits) / n;
    const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

} // namespace lacuna
