// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>

#include "engine/diffusion/ancestral.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/diffusion/timestep_lists.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

/// The test function sin(a x + b) cos(c label) + d x, whose four numbers the parameters spell out.
struct TestFunction {
    double a = 0, b = 0, c = 0, d = 0;

    Tensor operator()(const Tensor& x, double label) const
    {
        return at::sin(a * x + b) * std::cos(c * label) + d * x;
    }
};

std::optional<TestFunction> test_function(const GoldenCase& golden)
{
    static const std::regex form(
        R"(sin\(([0-9.]+) ?x ?\+ ?([0-9.]+)\) ?\* ?cos\(([0-9.]+) ?[a-z]+\) ?\+ ?([0-9.]+) ?x)");
    const std::string text = golden.params().value("F", "");
    std::smatch match;
    if (!std::regex_search(text, match, form))
        return {};
    TestFunction F;
    double* const numbers[] = {&F.a, &F.b, &F.c, &F.d};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string digits = match[i + 1].str();
        if (std::from_chars(digits.data(), digits.data() + digits.size(), *numbers[i]).ec != std::errc{})
            return {};
    }
    return F;
}

/// Row i of x denoised at its own sigma.
Tensor denoise_rows(Denoiser& denoiser, const Tensor& x, const std::vector<double>& sigmas)
{
    std::vector<Tensor> rows;
    for (std::size_t i = 0; i < sigmas.size(); ++i)
        rows.push_back(denoiser.x0(x.narrow(0, static_cast<std::int64_t>(i), 1), sigmas[i]));
    return at::cat(rows);
}

/// One number a row as a bound for every element of x.
Tensor row_bounds(const std::vector<double>& bounds, const Tensor& x)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape.front() = x.size(0);
    return at::tensor(bounds, at::kDouble).reshape(shape).expand_as(x);
}

/// A network on a table of abar, under the published rules for its timestep.
bool run_table_wrapper(GoldenCase& golden)
{
    const auto F = test_function(golden);
    if (!F || !golden.has("alphas_cumprod_f32") || !golden.has("sigma") || !golden.has("x"))
        return false;
    const std::vector<double> table = schedule::sigmas_of(golden.numbers("alphas_cumprod_f32"));
    const std::vector<double> sigmas = golden.numbers("sigma");
    const Tensor x = golden.array("x").to(at::kDouble);

    const auto timesteps = [&](const std::string& name, TimestepRule rule, double allowed) {
        std::vector<double> values;
        for (const double sigma : sigmas)
            values.push_back(timestep_of(table, sigma, rule));
        if (golden.has(name))
            golden.compare(values, name, {.absolute = allowed});
    };
    timesteps("t_nearest", TimestepRule::NearestLog, 0);
    timesteps("t_interp", TimestepRule::Interpolated, golden.tolerance("abs", 5e-4));
    timesteps("t_smalldiffusion_sd", TimestepRule::Floor, 0);
    timesteps("t_tri_experiments", TimestepRule::Next, 0);
    timesteps("t_tri_geplugin", TimestepRule::Ceil, 0);

    // The public values are float32: their error grows with sigma, which multiplies the prediction.
    std::vector<double> bounds;
    for (const double sigma : sigmas)
        bounds.push_back(golden.tolerance("abs", 5e-4) + golden.tolerance("rel", 2e-6) * sigma);
    const auto estimates = [&](const std::string& name, Prediction prediction, TimestepRule rule,
                               Network network) {
        PreconditionedDenoiser denoiser(std::move(network),
                                        discrete_preconditioning(table, prediction, rule, /*snap=*/false));
        if (golden.has(name))
            golden.compare_within(denoise_rows(denoiser, x, sigmas), golden.array(name), name,
                                  row_bounds(bounds, x));
    };
    const Network with_variance = [F](const Tensor& in, double label) {
        return at::cat({(*F)(in, label), at::full_like(in, 1e3)}, 1);
    };
    estimates("D_nearest", Prediction::Eps, TimestepRule::NearestLog, *F);
    estimates("D_interp", Prediction::Eps, TimestepRule::Interpolated, *F);
    estimates("D_v_interp", Prediction::V, TimestepRule::Interpolated, *F);
    estimates("D_learned_sigma", Prediction::Eps, TimestepRule::Interpolated, with_variance);
    return true;
}

/// eps of the three predictions, with and without scaled input.
bool run_predictions(GoldenCase& golden)
{
    const auto F = test_function(golden);
    if (!F || !golden.has("eps_x0") || !golden.has("eps_v"))
        return false;
    const Tensor x = golden.array("x");
    const double sigma = golden.numbers("sigma").at(0);
    const auto compare = [&](const char* name, Prediction prediction, bool scaled) {
        if (!golden.has(name))
            return;
        PreconditionedDenoiser denoiser(*F, continuous_preconditioning(prediction, scaled), x.scalar_type());
        golden.compare((x - denoiser.x0(x, sigma)) / sigma, name,
                       {.absolute = golden.tolerance("abs", 1e-12)});
    };
    compare("eps_eps", Prediction::Eps, false);
    compare("eps_x0", Prediction::X0, false);
    compare("eps_v", Prediction::V, false);
    compare("eps_scaled_eps", Prediction::Eps, true);
    compare("eps_scaled_x0", Prediction::X0, true);
    compare("eps_scaled_v", Prediction::V, true);
    return true;
}

/// One of EDM's four preconditioners: estimate, noise label, range and rounding.
void compare_preconditioner(GoldenCase& golden, const std::string& name,
                            const Preconditioning& preconditioning, const TestFunction& F, double rounding)
{
    const std::vector<double> sigmas = golden.numbers("sigma");
    const Tensor x = golden.array("x").to(at::kDouble);
    std::vector<double> bounds, labels, rounded;
    PreconditionedDenoiser denoiser(F, preconditioning);
    for (const double sigma : sigmas) {
        bounds.push_back(1e-4 * std::max(1.0, sigma)); // the tolerance's formula
        labels.push_back(preconditioning.at(sigma).noise);
        rounded.push_back(denoiser.round_sigma(sigma));
    }
    const Tensor scaled = x * row_bounds(sigmas, x);
    const Tensor expected = golden.array("D_" + name);
    golden.compare_within(denoise_rows(denoiser, scaled, sigmas), expected, "D_" + name,
                          row_bounds(bounds, x));
    const bool exact = name == "iddpm" && golden.has_tolerance("exact_cnoise_iddpm");
    golden.compare(labels, "cnoise_" + name, {.absolute = exact ? 0 : golden.tolerance("abs_cnoise", 1e-3)});
    golden.compare(rounded, "round_" + name, {.relative = rounding});
    // 1e30 stands for infinity; the lowest level of VP is known to 2.4e-5 in the float32 code.
    const std::vector<double> range{denoiser.sigma_min(), std::min(denoiser.sigma_max(), 1e30)};
    golden.compare(range, "range_" + name,
                   {.absolute = 1e-4, .relative = golden.tolerance("rel_iddpm_u", 1e-3)});
}

bool run_preconditioners(GoldenCase& golden)
{
    const auto F = test_function(golden);
    if (!F || !golden.has("D_edm") || !golden.has("cnoise_vp"))
        return false;
    const int M = static_cast<int>(golden.number("M", 1000));
    const double C_1 = golden.number("C_1", 0.001), C_2 = golden.number("C_2", 0.008);
    const schedule::VpTime time{.beta_d = golden.number("beta_d", 19.9),
                                .beta_min = golden.number("beta_min", 0.1)};
    const double table = golden.tolerance("rel_iddpm_u", 1e-3);
    compare_preconditioner(golden, "edm", edm_preconditioning(golden.number("sigma_data", 0.5)), *F, 0);
    compare_preconditioner(golden, "vp", vp_preconditioning(time, M), *F, 0);
    compare_preconditioner(golden, "ve", ve_preconditioning(), *F, 0);
    compare_preconditioner(golden, "iddpm", iddpm_preconditioning(M, C_1, C_2), *F, table);
    if (golden.has("iddpm_u_f32"))
        golden.compare(schedule::iddpm_levels(M, C_1, C_2), "iddpm_u_f32", {.relative = table});
    return true;
}

/// One ancestral step with learned variance from each row's own kept timestep.
bool run_learned_variance(GoldenCase& golden)
{
    const auto F = test_function(golden);
    if (!F || !golden.has("log_variance") || !golden.has("kept_timesteps") || !golden.has_param("spacing")
        || golden.params().value("F", "").find("v=tanh(x)") == std::string::npos)
        return false;
    const int T = static_cast<int>(golden.number("T", 1000));
    const auto kept = schedule::respaced(T, golden.params()["spacing"].get<std::string>());
    golden.compare_integers(kept, "kept_timesteps");
    const RespacedProcess process(schedule::cumulative_alphas(schedule::linear_betas(T, 0.1 / T, 20.0 / T)),
                                  kept);

    const Tensor z = golden.array("x").to(at::kDouble);
    const std::vector<double> positions = golden.numbers("index");
    std::vector<Tensor> means, log_variances, estimates;
    for (std::size_t row = 0; row < positions.size(); ++row) {
        const int k = static_cast<int>(positions[row]);
        const Tensor state = z.narrow(0, static_cast<std::int64_t>(row), 1);
        const AncestralMoments moments =
            ancestral_moments(process, k, state, (*F)(state, static_cast<double>(process.timestep(k))),
                              at::tanh(state), golden.params().value("clip_denoised", true));
        means.push_back(moments.mean);
        log_variances.push_back(moments.log_variance);
        estimates.push_back(moments.x0);
    }
    const Allowed allowed{.absolute = golden.tolerance("abs", 2e-5)};
    golden.compare(at::cat(means), "mean", allowed);
    golden.compare(at::cat(log_variances), "log_variance", allowed);
    golden.compare(at::cat(estimates), "pred_xstart", allowed);
    return true;
}

} // namespace

bool run_wrapper_case(GoldenCase& golden)
{
    return run_table_wrapper(golden) || run_predictions(golden) || run_preconditioners(golden)
           || run_learned_variance(golden);
}

} // namespace lacuna::golden
