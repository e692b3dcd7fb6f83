// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"
#include "problem.h"

namespace lacuna::golden {

namespace {

/// One array D_j for each of several levels, at x_j = x_unit scale_j.
bool run_levels(GoldenCase& golden)
{
    if (!golden.has("x_unit") || !golden.has("scale") || !golden.has("sigma"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const Tensor x_unit = golden.array("x_unit").to(at::kDouble);
    const std::vector<double> scales = golden.numbers("scale"), sigmas = golden.numbers("sigma");
    for (std::size_t j = 0; j < sigmas.size(); ++j) {
        const std::string label = '_' + std::to_string(j);
        const Tensor x = x_unit * scales.at(j);
        const Tensor x0 = denoiser->x0(x, sigmas[j]);
        golden.compare(x0, "D" + label, {.absolute = golden.tolerance("abs", 1e-9)});
        if (golden.has("eps_public" + label))
            golden.compare((x - x0) / sigmas[j], "eps_public" + label,
                           {.absolute = golden.tolerance("abs_eps_public", 1e-5)});
    }
    return true;
}

/// A set of 8-bit pictures; x_j and D_j at the sigmas of the parameters.
bool run_bytes(GoldenCase& golden)
{
    if (!golden.has("u8") || !golden.has("x_0") || !golden.has("D_0") || !golden.has_param("sigmas"))
        return false;
    FiniteSet denoiser(golden.array("u8").to(at::kFloat) / 127.5f - 1);
    const auto sigmas = golden.params()["sigmas"].get<std::vector<double>>();
    for (std::size_t j = 0; j < sigmas.size(); ++j) {
        const std::string label = std::to_string(j);
        golden.compare(denoiser.x0(golden.array("x_" + label), sigmas[j]), "D_" + label,
                       {.absolute = golden.tolerance("abs", 2e-6)});
    }
    return true;
}

/// A mixture and its posteriors after measurements of several precisions: D_uncond_s<sigma>,
/// D_cond_sy<sigma_y>_s<sigma>.
template <typename Mixture> void run_posteriors(GoldenCase& golden, const Mixture& mixture)
{
    const Tensor x = golden.array("x");
    const Tensor y = at::tensor(golden.params().at("y_obs").get<std::vector<double>>(), at::kDouble);
    const Tensor keep = at::tensor(golden.params().at("mask_known").get<std::vector<double>>(), at::kDouble);
    for (const std::string& name : golden.arrays()) {
        if (!starts_with(name, "D_"))
            continue;
        const double sigma = number_after(name, "_s");
        Mixture denoiser =
            starts_with(name, "D_cond") ? mixture.given(y, keep, number_after(name, "_sy")) : mixture;
        golden.compare(denoiser.x0(x, sigma), name, {.absolute = golden.tolerance("abs", 1e-9)});
    }
}

bool run_conditions(GoldenCase& golden)
{
    if (!golden.has("x") || !golden.has_param("mask_known") || !golden.has_param("y_obs"))
        return false;
    auto denoiser = make_denoiser(golden);
    if (const auto* full = dynamic_cast<FullMixture*>(denoiser.get()))
        run_posteriors(golden, *full);
    else if (const auto* diagonal = dynamic_cast<DiagonalMixture*>(denoiser.get()))
        run_posteriors(golden, *diagonal);
    else
        return false;
    return true;
}

} // namespace

bool run_denoiser_case(GoldenCase& golden)
{
    return run_levels(golden) || run_bytes(golden) || run_conditions(golden);
}

} // namespace lacuna::golden
