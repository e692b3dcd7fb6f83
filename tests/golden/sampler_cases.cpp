// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/core/error.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/heun.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"
#include "problem.h"

namespace lacuna::golden {

namespace {

/// The noise that a case stores, one row a step; undefined: the case needs none.
class RecordedNoise final : public NoiseSource {
public:
    explicit RecordedNoise(Tensor rows) : rows_(std::move(rows)) {}

    Tensor draw(const Tensor& like, Purpose, int step) override
    {
        check(rows_.defined() && step < rows_.size(0),
              "the case stores the noise of every step that needs it");
        return rows_[step].to(like.options());
    }
    void retain(const std::vector<std::int64_t>&) override {}

private:
    Tensor rows_;
};

/// Writes down at which levels a denoiser is called.
class RecordingDenoiser final : public Denoiser {
public:
    explicit RecordingDenoiser(Denoiser& denoiser) : denoiser_(denoiser) {}

    Tensor x0(const Tensor& x, double sigma) override
    {
        calls_.push_back(sigma);
        return denoiser_.x0(x, sigma);
    }
    const std::vector<double>& calls() const { return calls_; }

private:
    Denoiser& denoiser_;
    std::vector<double> calls_{};
};

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

/// The states named by `traj` (all of them when there is no traj_index), x_final and the levels of the calls.
void compare_run(GoldenCase& golden, const std::vector<Tensor>& states, const std::vector<double>& calls,
                 Allowed allowed)
{
    for (const char* trajectory : {"traj", "traj_own"}) {
        if (!golden.has(trajectory))
            continue;
        std::vector<Tensor> chosen = states;
        if (golden.has("traj_index")) {
            chosen.clear();
            for (const double index : golden.numbers("traj_index"))
                chosen.push_back(states.at(static_cast<std::size_t>(index)));
        }
        golden.compare(at::stack(chosen), trajectory, allowed);
    }
    golden.compare(states.back(), "x_final", allowed);
    if (golden.has("call_sigmas"))
        golden.compare(calls, "call_sigmas", {.absolute = allowed.absolute, .relative = 1e-12});
}

void run_sampler(GoldenCase& golden, Sampler& sampler, Denoiser& denoiser, const std::vector<double>& levels)
{
    const Tensor z = golden.array("z").to(at::kDouble);
    RecordedNoise noise(golden.has("noise") ? golden.array("noise") : Tensor());
    RecordingDenoiser recording(denoiser);
    SampleRun run(sampler, recording, noise, levels, sampler.initial(z, levels.front()),
                  std::vector<int>(static_cast<std::size_t>(z.size(0))));
    std::vector<Tensor> states;
    while (!run.done()) {
        run.next();
        states.push_back(run.x());
    }
    if (!run.casualties().empty())
        golden.fail("a state is not finite");
    else
        compare_run(golden, states, recording.calls(), {.absolute = golden.tolerance("abs", 1e-6)});
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

Churn churn_of(const GoldenCase& golden)
{
    Churn churn;
    churn.amount = golden.number("S_churn", 0);
    churn.min = golden.number("S_min", 0);
    churn.max = golden.number("S_max", churn.max);
    churn.noise = golden.number("S_noise", 1);
    churn.steps = static_cast<int>(golden.number("steps", 1));
    return churn;
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
