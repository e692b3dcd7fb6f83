// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/timestep.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/diffusion/timestep_lists.h"

namespace lacuna {

namespace {

template <typename Distance> double nearest(const std::vector<double>& table, Distance&& distance)
{
    std::size_t best = 0;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < table.size(); ++k)
        if (const double d = distance(table[k]); d < smallest) {
            smallest = d;
            best = k;
        }
    return static_cast<double>(best);
}

double interpolated(const std::vector<double>& table, double sigma)
{
    if (table.size() < 2)
        return 0;
    const auto above = static_cast<std::ptrdiff_t>(schedule::entries_up_to(table, sigma));
    const auto low = std::clamp<std::ptrdiff_t>(above - 1, 0, static_cast<std::ptrdiff_t>(table.size()) - 2);
    const double ln_low = std::log(table[static_cast<std::size_t>(low)]);
    const double ln_high = std::log(table[static_cast<std::size_t>(low) + 1]);
    const double w = std::clamp((ln_low - std::log(sigma)) / (ln_low - ln_high), 0.0, 1.0);
    return (1 - w) * static_cast<double>(low) + w * static_cast<double>(low + 1);
}

} // namespace

double timestep_of(const std::vector<double>& table, double sigma, TimestepRule rule)
{
    check(!table.empty(), "a table has at least one entry");
    switch (rule) {
    case TimestepRule::NearestLog:
        return nearest(table, [&](double entry) { return std::abs(std::log(sigma) - std::log(entry)); });
    case TimestepRule::Interpolated:
        return interpolated(table, sigma);
    case TimestepRule::Floor:
        return static_cast<double>(schedule::entries_up_to(table, sigma) - 1);
    case TimestepRule::Next:
        return static_cast<double>(schedule::entries_up_to(table, sigma));
    case TimestepRule::Ceil:
        return static_cast<double>(schedule::entries_below(table, sigma));
    case TimestepRule::NearestAbsolute:
        return nearest(table, [&](double entry) { return std::abs(sigma - entry); });
    }
    return 0;
}

double sigma_at(const std::vector<double>& table, double t)
{
    check(!table.empty(), "a table has at least one entry");
    const double clamped = std::clamp(t, 0.0, static_cast<double>(table.size() - 1));
    const auto low = static_cast<std::size_t>(clamped);
    const double w = clamped - static_cast<double>(low);
    if (w == 0)
        return table[low];
    return std::exp((1 - w) * std::log(table[low]) + w * std::log(table[low + 1]));
}

} // namespace lacuna
