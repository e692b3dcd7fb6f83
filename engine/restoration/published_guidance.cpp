// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/published_guidance.h"

#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep.h"

namespace lacuna {

namespace {

/// Position of the current level among those of the run, over their number.
std::function<double(const Transition&)> current_index(const std::vector<double>& levels)
{
    return [levels](const Transition& t) {
        return timestep_of(levels, t.from, TimestepRule::NearestLog) / static_cast<double>(levels.size());
    };
}

/// The next timestep over the number of all timesteps (Q5).
std::function<double(const Transition&)> next_timestep(const std::vector<double>& table)
{
    return [table](const Transition& t) {
        return t.to > 0
                   ? timestep_of(table, t.to, TimestepRule::NearestLog) / static_cast<double>(table.size())
                   : 0.0;
    };
}

/// S of restoration.md 4.0, Q3.
double divisor(const std::string& method, const GuidedSet& set)
{
    const auto elements = static_cast<double>(set.channels * set.height * set.width);
    if (!set.keep.defined() || method == "ddrm")
        return elements;
    const double holes = (set.keep <= 0.5).sum().item<double>();
    if (method == "dps")
        return holes;
    const double missing = holes * static_cast<double>(set.channels);
    return method == "repaint" ? missing * static_cast<double>(set.members) : missing;
}

} // namespace

GuidanceRule published_guidance(const std::string& method, double eta, double D, const GuidedSet& set,
                                const std::vector<double>& table, const std::vector<std::int64_t>& kept)
{
    GuidanceRule rule{
        .repulsion = {.eta = eta, .bound_rms = D, .published_divisor = divisor(method, set)},
        .factor = method == "repaint" || method == "dps" ? current_index(schedule::take(table, kept))
                                                         : next_timestep(table),
        .first_step_unmasked = method == "repaint",
    };
    if (set.keep.defined() && method != "ddrm")
        rule.region = (set.keep <= 0.5).to(at::kFloat);
    return rule;
}

} // namespace lacuna
