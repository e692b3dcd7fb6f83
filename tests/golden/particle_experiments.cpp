// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <regex>
#include <set>

#include "engine/closed_form/gaussian_mixture.h"
#include "engine/diffusion/classifier_free.h"
#include "engine/diffusion/guided_heun.h"
#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep_lists.h"
#include "problem.h"
#include "sampler_walk.h"

/// Small experiments with particle guidance: samplers.md 4.1, 4.6 and 7.6.
namespace lacuna::golden {

namespace {

/// Guidance without limits, as the experiments use it.
ParticleGuidance unlimited(double strength)
{
    ParticleGuidance guidance;
    guidance.strength = strength;
    guidance.from_sigma = 0;
    guidance.cap = std::numeric_limits<double>::infinity();
    return guidance;
}

/// The row of `centres` [K,D] nearest to every row of x [N,...].
std::vector<std::int64_t> nearest(const Tensor& x, const Tensor& centres)
{
    const Tensor flat = x.reshape({x.size(0), 1, -1}).to(at::kDouble);
    const Tensor rows = (flat - centres.to(at::kDouble)).square().sum(-1).argmin(1).contiguous();
    return {rows.data_ptr<std::int64_t>(), rows.data_ptr<std::int64_t>() + rows.numel()};
}

std::int64_t modes(const Tensor& x, const Tensor& centres)
{
    const std::vector<std::int64_t> rows = nearest(x, centres);
    return static_cast<std::int64_t>(std::set<std::int64_t>(rows.begin(), rows.end()).size());
}

Tensor end_of(GoldenCase& golden, Sampler& sampler, Denoiser& denoiser, const Tensor& z,
              const std::vector<double>& levels)
{
    return walk_path(golden, sampler, denoiser, sampler.initial(z, levels.front()), levels).states.back();
}

/// The number of modes that batches reach under both signs; arrays modes_none, modes_{literal,repulsive}_k<number>.
bool run_sign_experiment(GoldenCase& golden)
{
    if (!golden.has("modes_none") || !golden.has("z") || !golden.has_param("mean_modes"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const Tensor centres = problem_array(golden, golden.params()["problem"], "mu");
    const std::vector<double> levels = golden.numbers("sigmas");
    const Tensor z = golden.array("z").to(at::kDouble);
    for (const std::string& array : golden.arrays()) {
        const bool none = array == "modes_none", literal = starts_with(array, "modes_literal_k");
        if (!none && !literal && !starts_with(array, "modes_repulsive_k"))
            continue;
        ParticleGuidance guidance = unlimited(none ? 0 : number_after(array, "_k"));
        guidance.quirks.literal_sign = literal;
        std::vector<std::int64_t> counts;
        for (const Tensor& batch : z.unbind(0)) {
            GuidedHeun sampler(guidance);
            counts.push_back(modes(end_of(golden, sampler, *denoiser, batch, levels), centres));
        }
        const Tensor differs = at::tensor(counts, at::kLong) != golden.array(array);
        golden.compare_values(differs.to(at::kDouble).mean(), at::zeros({}, at::kDouble),
                              array + ", share of other counts,",
                              {.absolute = golden.tolerance("allow_fraction_off", 0)});
    }
    return true;
}

/// How often a two-mode mixture is sampled at its first mode: right_p<p>_scale<start>, and for pairs with guidance
/// right_p<p>_pg_{code,repulsive} and bothsame_... .
bool run_prior_probability(GoldenCase& golden)
{
    static const std::regex form("([0-9]+) pairs, k_PG=([0-9]+)");
    const std::string pg = golden.params().value("pg", ""), model = golden.params().value("denoiser", "");
    std::smatch match;
    if (!golden.has("modes") || !golden.has("z") || !starts_with(model, "gmm_iso: modes")
        || !std::regex_search(pg, match, form))
        return false;
    const std::int64_t pairs = std::stoll(match[1]);
    const double strength = std::stoi(match[2]), variance = number_after(model, "variance ");
    const std::vector<double> levels = golden.numbers("sigmas");
    const Tensor centres = golden.array("modes"), z = golden.array("z").to(at::kDouble);
    const auto off = static_cast<std::int64_t>(golden.tolerance("allow_off", 0));

    ParticleGuidance code = unlimited(strength), repulsive = unlimited(strength);
    code.kernel = {.kernel = Kernel::Euclidean, .bandwidth = Bandwidth::ThroughMedian};
    code.point = KernelPoint::Denoised;
    code.space = KernelSpace::UnitRange;
    code.quirks.literal_sign = true;

    for (const std::string& array : golden.arrays()) {
        if (!starts_with(array, "right_p"))
            continue;
        const double p = number_after(array, "right_p");
        DiagonalMixture denoiser(at::tensor({p, 1 - p}, at::kDouble), centres,
                                 at::full({2}, variance, at::kDouble));
        if (array.find("_scale") != std::string::npos) {
            Heun sampler;
            const Tensor x = end_of(golden, sampler, denoiser, number_after(array, "_scale") * z, levels);
            const auto sides = nearest(x, centres);
            golden.compare_integers({std::count(sides.begin(), sides.end(), 0)}, array, off);
            continue;
        }
        std::int64_t right = 0, same = 0;
        for (std::int64_t q = 0; q < pairs; ++q) {
            GuidedHeun sampler(array.ends_with("_pg_code") ? code : repulsive);
            const auto sides =
                nearest(end_of(golden, sampler, denoiser, z.narrow(0, 2 * q, 2), levels), centres);
            right += std::count(sides.begin(), sides.end(), 0);
            same += sides[0] == sides[1];
        }
        golden.compare_integers({right}, array, off);
        golden.compare_integers({same}, "bothsame" + array.substr(5), off);
    }
    return true;
}

/// Stable Diffusion with guidance of its latents, on mixtures in place of the network.
bool run_latent_guidance(GoldenCase& golden)
{
    if (!golden.has_param("uncond") || !golden.has_param("text_weights") || !golden.has("latents_final")
        || !starts_with(golden.params().value("betas", ""), "scaled_linear 0.00085..0.012 T=1000"))
        return false;
    const nlohmann::json& problem = golden.params()["uncond"];
    const auto plain = make_denoiser(golden, problem);
    if (!plain)
        return false;
    const Tensor weights =
        at::tensor(golden.params()["text_weights"].get<std::vector<double>>(), at::kDouble);
    DiagonalMixture text(weights, problem_array(golden, problem, "mu"),
                         problem_array(golden, problem, "var"));
    ClassifierFree denoiser(*plain, text, golden.number("guidance_scale", 1) + 1);

    // Timesteps with an offset of one, then 0.
    const std::vector<double> table = schedule::ldm();
    std::vector<std::int64_t> timesteps =
        schedule::leading(static_cast<int>(table.size()), static_cast<int>(golden.number("steps", 1)), 1);
    timesteps.push_back(0);
    golden.compare_integers(timesteps, "timesteps");
    const std::vector<double> levels = golden.numbers("sigmas_f32");
    golden.compare(schedule::take(table, timesteps), "sigmas_f32", {.relative = 1e-4}); // float32 table

    ParticleGuidance guidance = unlimited(golden.number("coeff", 0));
    guidance.kernel.bandwidth = Bandwidth::PerParticle;
    guidance.space = KernelSpace::VariancePreserving;
    guidance.from_sigma = 1;
    GuidedHeun sampler(guidance, {}, /*corrector=*/false);
    const auto scale = [](double sigma) { return std::sqrt(1 + sigma * sigma); };
    const Tensor z = golden.array("z").to(at::kDouble);
    const Walk walk = walk_path(golden, sampler, denoiser, z * scale(levels.front()), levels);
    golden.compare(walk.states.back() / scale(levels.back()), "latents_final",
                   {.absolute = golden.tolerance("abs", 1e-5)});
    return true;
}

/// The two-dimensional notebook of Corso et al.: reverse diffusion by variances v, with repulsion of the points or
/// of their angles.
bool run_synthetic(GoldenCase& golden)
{
    if (!golden.has_param("repulsive_weight") || !golden.has_param("var_data") || !golden.has("variances")
        || !golden.has("x_mid"))
        return false;
    const bool radial = golden.source_mentions("radial_particle_reverse_diffusion");
    const double w_s = golden.number("score_weight", 1), w_r = golden.number("repulsive_weight", 0),
                 w_n = golden.number("noise_weight", 1), pi = std::acos(-1.0);
    const Tensor angle = at::arange(10, at::kDouble) * (2 * pi / 10);
    const Tensor centres = at::stack({at::cos(angle), at::sin(angle)}, 1);
    DiagonalMixture denoiser(at::ones({10}, at::kDouble), centres,
                             at::full({10}, golden.number("var_data", 0.005), at::kDouble));

    const std::vector<double> v = golden.numbers("variances");
    const Tensor noise = golden.array("noise").to(at::kDouble);
    Tensor x = golden.array("z").to(at::kDouble), middle;
    const auto steps = static_cast<std::int64_t>(v.size()), n = x.size(0);
    for (std::int64_t i = steps - 1; i >= 0; --i) {
        const double variance = v[static_cast<std::size_t>(i)], sigma = std::sqrt(variance);
        const double delta = variance - (i > 0 ? v[static_cast<std::size_t>(i - 1)] : 0);
        const Tensor score = (denoiser.x0(x, sigma) - x) / variance;
        Tensor drift = w_s * score;
        if (radial) {
            const Tensor turn = -w_r * delta / static_cast<double>(n)
                                * angular_gradient(at::atan2(x.select(1, 1), x.select(1, 0)), pi * sigma);
            const Tensor c = at::cos(turn), s = at::sin(turn), a = x.select(1, 0), b = x.select(1, 1);
            x = at::stack({c * a - s * b, s * a + c * b}, 1);
        } else {
            const KernelOptions kernel{.bandwidth = Bandwidth::Fixed, .fixed = sigma};
            drift = drift - w_r / static_cast<double>(n) * kernel_sum(x, kernel).gradient;
        }
        x = x + delta * drift + w_n * std::sqrt(delta) * noise[steps - 1 - i];
        if (i == steps / 2)
            middle = x;
    }
    const Allowed allowed{.absolute = golden.tolerance("abs", 1e-7)};
    golden.compare(middle, "x_mid", allowed);
    golden.compare(x, "x_final", allowed);
    golden.compare_integers(std::vector{modes(x, centres)}, "modes");
    return true;
}

} // namespace

bool run_particle_experiment_case(GoldenCase& golden)
{
    return run_sign_experiment(golden) || run_prior_probability(golden) || run_latent_guidance(golden)
           || run_synthetic(golden);
}

} // namespace lacuna::golden
