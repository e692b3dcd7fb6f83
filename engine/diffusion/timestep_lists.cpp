// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/timestep_lists.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/schedule.h"

namespace lacuna::schedule {

namespace {

/// count points from first to last, both exact.
std::vector<double> linspace(double first, double last, int count)
{
    std::vector<double> points(static_cast<std::size_t>(count), first);
    const double stride = count > 1 ? (last - first) / (count - 1) : 0;
    for (int i = 1; i < count; ++i)
        points[static_cast<std::size_t>(i)] = i == count - 1 ? last : first + i * stride;
    return points;
}

std::vector<std::int64_t> truncated(const std::vector<double>& points)
{
    std::vector<std::int64_t> integers;
    for (const double point : points)
        integers.push_back(static_cast<std::int64_t>(point));
    return integers;
}

/// count points from first to last, evenly spaced in the logarithm; both ends exact.
std::vector<double> logspace(double first, double last, int count)
{
    std::vector<double> points = linspace(std::log(first), std::log(last), count);
    for (double& point : points)
        point = std::exp(point);
    points.front() = first;
    if (count > 1)
        points.back() = last;
    return points;
}

std::vector<double> karras_points(double first, double last, double rho, int count)
{
    std::vector<double> points = linspace(std::pow(first, 1 / rho), std::pow(last, 1 / rho), count);
    for (double& point : points)
        point = std::pow(point, rho);
    points.front() = first;
    points.back() = last;
    return points;
}

template <typename Rule>
std::vector<std::int64_t> look_up(const std::vector<double>& table, const std::vector<double>& sigmas,
                                  Rule&& rule)
{
    std::vector<std::int64_t> timesteps;
    for (const double sigma : sigmas)
        timesteps.push_back(rule(table, sigma));
    return timesteps;
}

[[noreturn]] void refuse_spacing(const std::string& spec)
{
    throw Error(ErrorKind::Usage, "Spacing \"" + printable(spec) + "\"",
                "it does not describe a choice of timesteps of this model",
                "Use counts such as \"10,15,20\", or \"ddim50\".");
}

int parse_count(const std::string& spec, const char* begin, const char* end)
{
    int count = 0;
    const auto [stop, error] = std::from_chars(begin, end, count);
    if (error != std::errc{} || stop != end || count <= 0)
        refuse_spacing(spec);
    return count;
}

std::vector<int> parse_counts(const std::string& spec)
{
    std::vector<int> counts;
    std::size_t start = 0;
    while (start <= spec.size()) {
        const std::size_t comma = std::min(spec.find(',', start), spec.size());
        counts.push_back(parse_count(spec, spec.data() + start, spec.data() + comma));
        start = comma + 1;
    }
    return counts;
}

std::vector<std::int64_t> strided(int T, int wanted, const std::string& spec)
{
    for (int stride = 1; stride < std::max(T, 2); ++stride)
        if ((T + stride - 1) / stride == wanted) {
            std::vector<std::int64_t> kept;
            for (int t = 0; t < T; t += stride)
                kept.push_back(t);
            return kept;
        }
    refuse_spacing(spec);
}

} // namespace

std::vector<std::int64_t> leading(int T, int steps, int offset)
{
    check(steps > 0 && steps <= T, "a subset has between one step and as many as the table");
    std::vector<std::int64_t> timesteps;
    for (int j = 0; j < steps; ++j)
        timesteps.push_back(std::int64_t(steps - 1 - j) * (T / steps) + offset);
    return timesteps;
}

std::vector<std::int64_t> linspaced(int T, int steps)
{
    check(steps > 0 && steps <= T, "a subset has between one step and as many as the table");
    std::vector<std::int64_t> timesteps;
    for (const double point : linspace(0, T - 1, steps))
        timesteps.push_back(std::llrint(point));
    std::reverse(timesteps.begin(), timesteps.end());
    return timesteps;
}

std::vector<std::int64_t> trailing(int T, int steps)
{
    check(steps > 0 && steps <= T, "a subset has between one step and as many as the table");
    std::vector<std::int64_t> timesteps;
    for (int j = 0; j < steps; ++j)
        timesteps.push_back(std::llrint(T - j * (double(T) / steps)) - 1);
    return timesteps;
}

std::vector<std::int64_t> respaced(int T, const std::string& spec)
{
    check(T > 0, "a table has at least one entry");
    if (spec.rfind("ddim", 0) == 0)
        return strided(T, parse_count(spec, spec.data() + 4, spec.data() + spec.size()), spec);

    const std::vector<int> counts = parse_counts(spec);
    const int sections = static_cast<int>(counts.size());
    std::vector<std::int64_t> kept;
    int start = 0;
    for (int section = 0; section < sections; ++section) {
        const int size = T / sections + (section < T % sections ? 1 : 0);
        const int count = counts[static_cast<std::size_t>(section)];
        if (count > size)
            refuse_spacing(spec);
        // The stride is accumulated, not multiplied, as in the published lists.
        const double stride = count > 1 ? double(size - 1) / (count - 1) : 1;
        double position = 0;
        for (int m = 0; m < count; ++m, position += stride)
            kept.push_back(start + std::llrint(position));
        start += size;
    }
    return kept;
}

std::int64_t entries_up_to(const std::vector<double>& table, double sigma)
{
    return std::upper_bound(table.begin(), table.end(), sigma) - table.begin();
}

std::int64_t entries_below(const std::vector<double>& table, double sigma)
{
    return std::lower_bound(table.begin(), table.end(), sigma) - table.begin();
}

std::vector<std::int64_t> tri_ddim(const std::vector<double>& table, int steps, double start, double end)
{
    check(steps > 0, "a run has at least one step");
    const auto first = static_cast<double>(entries_up_to(table, start));
    const auto last = static_cast<double>(entries_up_to(table, end));
    return truncated(linspace(first, last, steps + 1));
}

std::vector<std::int64_t> tri_edm(const std::vector<double>& table, int steps, double start, double end,
                                  double rho)
{
    check(steps > 0, "a run has at least one step");
    return look_up(table, karras_points(start, end, rho, steps + 1), entries_up_to);
}

double tri_log_linear_end(const std::vector<double>& table, int steps)
{
    check(steps > 0 && !table.empty(), "a run has at least one step");
    const auto plain = truncated(linspace(static_cast<double>(table.size() - 1), 0, steps + 1));
    const double second_last = table[static_cast<std::size_t>(plain[plain.size() - 2])];
    return std::sqrt(second_last * table.front());
}

std::vector<std::int64_t> tri_log_linear(const std::vector<double>& table, int steps, double start)
{
    auto timesteps = look_up(table, logspace(start, tri_log_linear_end(table, steps), steps), entries_up_to);
    timesteps.push_back(0);
    return timesteps;
}

std::vector<std::int64_t> ge_plugin(const std::vector<double>& table, int steps, PluginStyle style,
                                    double start, double end, double factor)
{
    check(steps > 1 && static_cast<std::size_t>(steps) <= table.size(), "the plug-in runs two steps or more");
    const auto first = static_cast<double>(entries_below(table, start));
    const auto last = static_cast<double>(entries_below(table, end));
    const double coarse_end =
        table[std::min(table.size() / static_cast<std::size_t>(steps), table.size() - 1)];
    const double fine_end = table[std::min(static_cast<std::size_t>(last), table.size() - 1)];
    // With factor 0 this is a table entry, which the logarithm must not move.
    const double linear_end =
        factor == 0 ? coarse_end
                    : std::exp(factor * std::log(fine_end) + (1 - factor) * std::log(coarse_end));
    std::vector<std::int64_t> timesteps;
    switch (style) {
    case PluginStyle::Ddim:
        return truncated(linspace(first, last, steps + 1));
    case PluginStyle::Edm:
        return look_up(table, karras_points(start, end, 7, steps + 1), entries_below);
    case PluginStyle::DdimPrecise:
        timesteps = truncated(linspace(first, last, steps));
        break;
    case PluginStyle::Linear:
        timesteps = look_up(table, logspace(start, linear_end, steps), entries_below);
        break;
    case PluginStyle::LinearPrecise:
        timesteps = look_up(table, logspace(start, linear_end, steps - 1), entries_below);
        timesteps.push_back(1);
        break;
    }
    timesteps.push_back(0);
    return timesteps;
}

} // namespace lacuna::schedule
