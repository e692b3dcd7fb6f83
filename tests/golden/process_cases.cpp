// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/diffusion/ancestral.h"
#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep_lists.h"
#include "engine/restoration/paths.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

std::vector<double> betas_of(const GoldenCase& golden)
{
    const int T = golden.params().at("diffusion_steps").get<int>();
    // The published linear schedule keeps its total amount of noise for every T.
    const double scale = 1000.0 / T;
    return golden.params().at("noise_schedule") == "cosine"
               ? schedule::cosine_betas(T)
               : schedule::linear_betas(T, scale * 1e-4, scale * 2e-2);
}

/// Every quantity of one kept timestep, by the name of its array.
std::map<std::string, double> quantities(const RespacedProcess& process, int k)
{
    using std::sqrt;
    const double abar = process.abar(k), abar_next = process.abar(k - 1);
    const Tensor zero = at::zeros({1}, at::kDouble), one = at::ones({1}, at::kDouble);
    // The means of x0 = 1 at z = 0 and of x0 = 0 at z = 1.
    const double of_x0 =
        ancestral_moments(process, k, zero, -one * sqrt(abar / (1 - abar)), zero, false).mean.item<double>();
    const double of_z =
        ancestral_moments(process, k, one, one / sqrt(1 - abar), zero, false).mean.item<double>();
    return {{"alphas_cumprod", abar},
            {"alphas_cumprod_prev", abar_next},
            {"betas", process.beta(k)},
            {"sqrt_alphas_cumprod", sqrt(abar)},
            {"sqrt_one_minus_alphas_cumprod", sqrt(1 - abar)},
            {"sqrt_recip_alphas_cumprod", sqrt(1 / abar)},
            {"sqrt_recipm1_alphas_cumprod", sqrt(1 / abar - 1)},
            {"posterior_mean_coef1", of_x0},
            {"posterior_mean_coef2", of_z},
            {"posterior_variance", process.posterior_variance(k)},
            {"posterior_log_variance_clipped", process.log_posterior_variance(k)}};
}

bool run_tables(GoldenCase& golden)
{
    const std::vector<double> abar = schedule::cumulative_alphas(betas_of(golden));
    const std::string spacing = golden.params().at("timestep_respacing").get<std::string>();
    const int T = static_cast<int>(abar.size());
    const auto kept = schedule::respaced(T, spacing.empty() ? std::to_string(T) : spacing);
    const RespacedProcess process(abar, kept);
    golden.compare_integers(kept, "timestep_map");

    std::map<std::string, std::vector<double>> columns;
    for (int k = 0; k < process.size(); ++k)
        for (const auto& [name, value] : quantities(process, k))
            columns[name].push_back(value);
    for (const auto& [name, column] : columns)
        golden.compare(column, name, {.relative = golden.tolerance("float64_rel", 1e-12)});
    return true;
}

JumpSchedule jump_schedule(const json& params)
{
    JumpSchedule schedule{.steps = params.at("t_T").get<int>()};
    schedule.single_samples = params.value("n_sample", 1);
    schedule.jump = {params.value("jump_length", 1), params.value("jump_n_sample", 1)};
    schedule.jump2 = {params.value("jump2_length", 1), params.value("jump2_n_sample", 1)};
    schedule.jump3 = {params.value("jump3_length", 1), params.value("jump3_n_sample", 1)};
    schedule.start_resampling = params.value("start_resampling", schedule.start_resampling);
    return schedule;
}

bool run_jumps(GoldenCase& golden)
{
    for (const auto& [name, schedule] : golden.params().at("schedules").items()) {
        const json& params = schedule.at("params");
        if (params.is_object() && params.contains("n_steplength"))
            golden.compare_integers(resampling_times(params.at("t_T").get<int>(),
                                                     params.at("n_sample").get<int>(),
                                                     params.at("n_steplength").get<int>()),
                                    name);
        else // a text stands for the default
            golden.compare_integers(jump_times(params.is_object() ? jump_schedule(params) : JumpSchedule{}),
                                    name);
    }
    return true;
}

/// The transitions of a path as rows (from, to).
Tensor pairs_of(const Path& path)
{
    const Tensor timesteps = at::tensor(path.timesteps, at::kLong);
    const std::int64_t count = timesteps.numel() - 1;
    return at::stack({timesteps.narrow(0, 0, count), timesteps.narrow(0, 1, count)}, 1);
}

bool run_travel(GoldenCase& golden)
{
    for (const auto& [name, schedule] : golden.params().at("schedules").items())
        golden.compare(pairs_of(ddnm_path(schedule::ddpm_linear(), schedule.at("T_sampling").get<int>(),
                                          schedule.at("travel_length").get<int>(),
                                          schedule.at("travel_repeat").get<int>())),
                       name, {});
    return true;
}

bool run_ddrm_tables(GoldenCase& golden)
{
    const std::vector<double> betas = schedule::linear_betas();
    golden.compare(at::tensor(betas, at::kDouble).to(at::kFloat), "betas_float32", {});
    std::vector<double> abar = schedule::cumulative_alphas(betas);
    abar.insert(abar.begin(), 1);
    golden.compare(abar, "alpha_bar_float32", {.absolute = golden.tolerance("alpha_bar_float32_abs", 1e-6)});
    for (const auto& [steps, description] : golden.params().at("sequences").items())
        golden.compare(pairs_of(ddrm_path(schedule::ddpm_linear(), std::stoi(steps))), "seq_" + steps, {});
    return true;
}

} // namespace

bool run_process_case(GoldenCase& golden)
{
    const std::string kind = golden.params().value("kind", "");
    if (kind == "diffusion_tables")
        return run_tables(golden);
    if (kind == "repaint_jump_schedule")
        return run_jumps(golden);
    if (kind == "ddnm_time_pairs")
        return run_travel(golden);
    return golden.has("alpha_bar_float32") && golden.has_param("sequences") && run_ddrm_tables(golden);
}

} // namespace lacuna::golden
