// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/diffusion/first_order.h"
#include "engine/diffusion/heun.h"
#include "engine/diffusion/schedule.h"
#include "problem.h"
#include "sampler_walk.h"

namespace lacuna::golden {

namespace {

template <typename Names> bool only(const Names& names, std::initializer_list<const char*> known)
{
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(known.begin(), known.end(), name) != known.end();
    });
}

std::set<std::string> parameter_names(const GoldenCase& golden)
{
    std::set<std::string> names;
    for (const auto& [name, value] : golden.params().items())
        names.insert(name);
    return names;
}

void run_sampler(GoldenCase& golden, Sampler& sampler, Denoiser& denoiser, const std::vector<double>& levels)
{
    const Tensor z = golden.array("z").to(at::kDouble);
    const Walk walk = walk_path(golden, sampler, denoiser, sampler.initial(z, levels.front()), levels,
                                recorded_noise(golden));
    compare_walk(golden, walk, {.absolute = golden.tolerance("abs", 1e-6)});
}

/// smalldiffusion's general loop: gam, mu.
bool run_general_loop(GoldenCase& golden)
{
    if (!golden.has_param("gam") || !golden.has_param("mu") || !golden.has("sigmas") || !golden.has("x_final")
        || !only(parameter_names(golden), {"problem", "gam", "mu", "steps", "x_init", "schedule"}))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    FirstOrderOptions options;
    options.gamma = golden.number("gam", 1);
    options.mu = golden.number("mu", 0);
    FirstOrder sampler(options);
    run_sampler(golden, sampler, *denoiser, golden.numbers("sigmas"));
    return true;
}

/// The gradient estimation plug-in: clipping, variance preserving start.
bool run_plugin(GoldenCase& golden)
{
    if (!golden.has_param("clip_sample") || !golden.has_param("gamma") || !golden.has("sigmas_f32")
        || !golden.has("init_noise_sigma"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    FirstOrderOptions options;
    options.gamma = golden.number("gamma", 2);
    options.clip = golden.params()["clip_sample"].get<bool>();
    options.unit_variance_start = true;
    FirstOrder sampler(options);
    const std::vector<double> levels = golden.numbers("sigmas_f32");
    golden.compare(sampler.initial(at::ones({1}, at::kDouble), levels.front()), "init_noise_sigma",
                   {.absolute = golden.tolerance("abs", 1e-5)});
    if (golden.has("timesteps")) {
        const std::vector<double> timesteps = golden.numbers("timesteps");
        const bool descending = std::is_sorted(timesteps.rbegin(), timesteps.rend());
        if (timesteps.size() != levels.size() || !descending)
            golden.fail("timesteps and sigmas do not belong together");
    }
    run_sampler(golden, sampler, *denoiser, levels);
    return true;
}

/// EDM's sampler, or its Euler form where the source says so.
bool run_edm(GoldenCase& golden)
{
    if (!golden.has_param("rho") || !golden.has_param("steps") || !golden.has("z") || !golden.has("sigmas")
        || !golden.has("x_final")
        || !only(parameter_names(golden), {"problem", "steps", "rho", "sigma_min", "sigma_max", "x_init",
                                           "S_churn", "S_min", "S_max", "S_noise"}))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    golden.compare(schedule::edm(static_cast<int>(golden.number("steps", 1)),
                                 golden.number("sigma_min", 0.002), golden.number("sigma_max", 80),
                                 golden.number("rho", 7)),
                   "sigmas", {.relative = 1e-12});
    Heun sampler(churn_of(golden), /*corrector=*/!golden.source_mentions("solver=euler"));
    run_sampler(golden, sampler, *denoiser, golden.numbers("sigmas"));
    return true;
}

/// EDM's ablation sampler on the variance preserving process.
bool run_ablation(GoldenCase& golden)
{
    if (!golden.has_param("alpha") || !golden.has_param("epsilon_s") || !golden.has_param("steps")
        || !golden.source_mentions("discretization vp, schedule vp, scaling vp") || !golden.has("x_final"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const int steps = static_cast<int>(golden.number("steps", 1));
    GeneralHeun sampler(ScaledProcess::variance_preserving(), churn_of(golden), golden.number("alpha", 1),
                        /*corrector=*/!golden.source_mentions("solver=euler"));
    run_sampler(golden, sampler, *denoiser, schedule::vp(steps, {}, golden.number("epsilon_s", 1e-3)));
    return true;
}

} // namespace

bool run_sampler_case(GoldenCase& golden)
{
    return run_general_loop(golden) || run_plugin(golden) || run_edm(golden) || run_ablation(golden);
}

} // namespace lacuna::golden
