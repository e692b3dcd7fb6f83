// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep_lists.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

using namespace schedule;

std::vector<double> linear_table(const GoldenCase& golden)
{
    return ddpm_linear(static_cast<int>(golden.number("T", 1000)), golden.number("beta_start", 1e-4),
                       golden.number("beta_end", 2e-2));
}

/// The training table that params.schedule names; empty when it is not known.
std::vector<double> named_table(const GoldenCase& golden)
{
    const std::string name = golden.params().value("schedule", "");
    const int T = static_cast<int>(golden.number("N", 1000));
    if (name == "ddpm")
        return ddpm_linear(T, golden.number("beta_start", 1e-4), golden.number("beta_end", 2e-2));
    if (name == "ldm")
        return ldm(T, golden.number("beta_start", 0.00085), golden.number("beta_end", 0.012));
    if (name == "sigmoid")
        return sigmoid(T, golden.number("beta_start", 1e-4), golden.number("beta_end", 2e-2));
    if (name == "cosine")
        return cosine(T, golden.number("max_beta", 0.999));
    if (name == "loglinear")
        return log_linear(T, golden.number("sigma_min", 0.02), golden.number("sigma_max", 10));
    if (name == "flow")
        return flow(T, golden.number("t_min", 0.001), golden.number("t_max", 1));
    return {};
}

bool run_table(GoldenCase& golden)
{
    if (!golden.has("table_f64") || !golden.has_param("schedule"))
        return false;
    const std::vector<double> table = named_table(golden);
    if (table.empty())
        return false;
    const Allowed exact{.relative = golden.tolerance("rel_f64", 1e-10)};
    const Allowed published{.relative = golden.tolerance("rel_vs_f32", 2e-4)};
    const bool is_flow = golden.params().value("schedule", "") == "flow";
    golden.compare(table, "table_f64", exact);
    for (const std::string& name : golden.arrays()) {
        if (name == "table_f32_public")
            golden.compare(table, name, published);
        if (!starts_with(name, "sample_N") && !starts_with(name, "index_N"))
            continue;
        if (is_flow && starts_with(name, "sample_N")) {
            golden.compare(flow_levels(static_cast<int>(number_after(name, "_N")),
                                       golden.number("t_min", 0.001), golden.number("t_max", 1)),
                           name, published);
            continue;
        }
        const auto indices =
            trailing_with_end(static_cast<int>(table.size()), static_cast<int>(number_after(name, "_N")));
        if (starts_with(name, "index"))
            golden.compare_integers(indices, name);
        else
            golden.compare(take(table, indices), name, published);
    }
    return true;
}

/// The pair of arrays of one list: timesteps exactly, their sigmas as published.
void compare_list(GoldenCase& golden, const std::vector<double>& table, std::vector<std::int64_t> timesteps,
                  const std::string& label)
{
    golden.compare_integers(timesteps, "t_" + label);
    const std::string sigmas = "sigma_" + label + "_f32";
    for (std::int64_t& t : timesteps)
        t = std::clamp<std::int64_t>(t, 0, static_cast<std::int64_t>(table.size()) - 1);
    if (golden.has(sigmas))
        golden.compare(take(table, timesteps), sigmas, {.relative = golden.tolerance("rel", 2e-4)});
}

bool run_tri(GoldenCase& golden)
{
    if (!golden.has("t_ddim") || !golden.has_param("ddim") || !golden.has_param("N"))
        return false;
    const std::vector<double> table = linear_table(golden);
    const int steps = static_cast<int>(golden.number("N", 0));
    for (const std::string& name : golden.arrays()) {
        if (!starts_with(name, "t_"))
            continue;
        const std::string label = name.substr(2);
        if (starts_with(label, "loglinear_start")) {
            compare_list(golden, table, tri_log_linear(table, steps, number_after(label, "_start")), label);
            continue;
        }
        const auto ends = golden.params().at(label).get<std::vector<double>>();
        compare_list(golden, table,
                     label == "edm" ? tri_edm(table, steps, ends.at(0), ends.at(1), ends.at(2))
                                    : tri_ddim(table, steps, ends.at(0), ends.at(1)),
                     label);
    }
    if (golden.has("loglinear_end_f64"))
        golden.compare(std::vector<double>{tri_log_linear_end(table, steps)}, "loglinear_end_f64",
                       {.relative = golden.tolerance("rel", 2e-4)});
    return true;
}

/// The one entry that the smallest sigma decides may be off by one; see the tolerance of these cases.
void compare_plugin(GoldenCase& golden, const std::vector<std::int64_t>& timesteps, const std::string& array,
                    std::size_t undecided)
{
    const Tensor actual = at::tensor(timesteps, at::kLong);
    const Tensor bound = at::zeros({actual.numel()}, at::kDouble);
    if (undecided < timesteps.size())
        bound[static_cast<std::int64_t>(undecided)] = 1;
    golden.compare_within(actual, golden.array(array), array, bound);
}

bool run_plugin(GoldenCase& golden)
{
    static constexpr std::array<std::pair<const char*, PluginStyle>, 5> styles{
        {{"DDIM", PluginStyle::Ddim},
         {"DDIMPrecise", PluginStyle::DdimPrecise},
         {"EDM", PluginStyle::Edm},
         {"Linear", PluginStyle::Linear},
         {"LinearPrecise", PluginStyle::LinearPrecise}}};
    if (!golden.has_param("factor") || !golden.has_param("start") || !golden.has_param("end"))
        return false;
    const bool scaled = golden.params().value("beta_schedule", "linear") == "scaled_linear";
    const std::vector<double> table =
        scaled ? ldm(static_cast<int>(golden.number("T", 1000)), golden.number("beta_start", 0.00085),
                     golden.number("beta_end", 0.012))
               : linear_table(golden);
    for (const std::string& name : golden.arrays())
        for (const auto& [label, style] : styles) {
            if (!starts_with(name, std::string("t_") + label + "_N"))
                continue;
            const int steps = static_cast<int>(number_after(name, "_N"));
            const auto timesteps = ge_plugin(table, steps, style, golden.number("start", 8.35),
                                             golden.number("end", 0.02), golden.number("factor", 0));
            const std::size_t end = style == PluginStyle::Linear          ? timesteps.size() - 2
                                    : style == PluginStyle::LinearPrecise ? timesteps.size() - 3
                                                                          : timesteps.size();
            compare_plugin(golden, timesteps, name, end);
        }
    return true;
}

bool is_rho(const std::string& name)
{
    return starts_with(name, "sigma_N") && name.find("_rho") != std::string::npos;
}

bool run_edm(GoldenCase& golden)
{
    if (std::none_of(golden.arrays().begin(), golden.arrays().end(), is_rho))
        return false;
    for (const std::string& name : golden.arrays())
        if (is_rho(name))
            golden.compare(edm(static_cast<int>(number_after(name, "_N")), golden.number("sigma_min", 0.002),
                               golden.number("sigma_max", 80), number_after(name, "_rho")),
                           name, {.relative = golden.tolerance("rel", 1e-12)});
    return true;
}

bool run_baselines(GoldenCase& golden)
{
    if (!golden.has_param("epsilon_s") || !golden.has_param("C_1") || !golden.has_param("M"))
        return false;
    const Allowed exact{.relative = golden.tolerance("rel", 1e-9)};
    for (const std::string& name : golden.arrays()) {
        const int steps = static_cast<int>(number_after(name, "_N"));
        if (starts_with(name, "sigma_vp"))
            golden.compare(vp(steps, {}, golden.number("epsilon_s", 1e-3)), name, exact);
        if (starts_with(name, "sigma_ve"))
            golden.compare(ve(steps), name, exact);
        if (starts_with(name, "sigma_iddpm"))
            golden.compare(iddpm(steps, 0.002, 81, static_cast<int>(golden.number("M", 1000)),
                                 golden.number("C_1", 0.001), golden.number("C_2", 0.008)),
                           name, {.relative = golden.tolerance("rel_iddpm", 1e-3)});
    }
    return true;
}

/// "gd_10_15_20" -> "10,15,20".
std::string spacing_of(std::string name)
{
    name = name.substr(3);
    std::replace(name.begin(), name.end(), '_', ',');
    return name;
}

bool run_subsets(GoldenCase& golden)
{
    const auto known = [](const std::string& name) {
        return starts_with(name, "gd_") || starts_with(name, "leading_N") || starts_with(name, "linspace_N")
               || starts_with(name, "trailing_N");
    };
    if (!golden.has_param("T") || golden.arrays().empty()
        || !std::all_of(golden.arrays().begin(), golden.arrays().end(), known))
        return false;
    const int T = static_cast<int>(golden.number("T", 1000));
    for (const std::string& name : golden.arrays()) {
        if (starts_with(name, "gd_")) {
            golden.compare_integers(respaced(T, spacing_of(name)), name);
            continue;
        }
        const int steps = static_cast<int>(number_after(name, "_N"));
        golden.compare_integers(starts_with(name, "leading")    ? leading(T, steps)
                                : starts_with(name, "linspace") ? linspaced(T, steps)
                                                                : trailing(T, steps),
                                name);
    }
    return true;
}

} // namespace

bool run_schedule_case(GoldenCase& golden)
{
    return run_table(golden) || run_tri(golden) || run_plugin(golden) || run_edm(golden)
           || run_baselines(golden) || run_subsets(golden);
}

} // namespace lacuna::golden
