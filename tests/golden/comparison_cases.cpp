// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <regex>

#include "engine/diffusion/deterministic_dps.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/multistep.h"
#include "engine/diffusion/pndm.h"
#include "engine/diffusion/timestep_lists.h"
#include "problem.h"
#include "sampler_walk.h"

namespace lacuna::golden {

namespace {

Deis deis(DeisBasis basis, int order, const std::vector<double>& levels, int lower_order_final_of = 0)
{
    DeisOptions options;
    options.basis = basis;
    options.order = order;
    options.lower_order_final_of = lower_order_final_of;
    if (basis == DeisBasis::VpTime) {
        options.sigma_max = levels.front();
        options.sigma_min = levels.back();
    }
    return Deis(options);
}

/// diffusers lowers the order at the end of runs of fewer than 15 steps.
int lowered(const std::vector<double>& levels)
{
    const int steps = static_cast<int>(levels.size()) - 1;
    return steps < 15 ? steps : 0;
}

/// The solver that an array is named after; null for others.
std::unique_ptr<Sampler> solver(const std::string& name, const std::vector<double>& levels)
{
    std::smatch match;
    if (name == "dpmpp2m" || name == "dpmpp2m_lower_order_final")
        return std::make_unique<DpmSolver2M>(DpmSolverOptions{.lower_order_final = name != "dpmpp2m"});
    if (name == "unipc2" || name == "unipc2_bh2")
        return std::make_unique<UniPc2>(UniPcVariant::Bh2);
    if (name == "unipc2_bh1")
        return std::make_unique<UniPc2>(UniPcVariant::Bh1);
    if (name == "heun")
        return std::make_unique<Heun>();
    if (std::regex_match(name, match, std::regex("ipndm([1-4])")))
        return std::make_unique<Ipndm>(std::stoi(match[1]));
    if (std::regex_match(name, match, std::regex("deis_rhoab([0-3])"))) // the degree of the polynomial
        return std::make_unique<Deis>(deis(DeisBasis::Sigma, std::stoi(match[1]) + 1, levels));
    if (std::regex_match(name, match, std::regex("deis_tab_order([1-4])")))
        return std::make_unique<Deis>(deis(DeisBasis::VpTime, std::stoi(match[1]), levels));
    if (std::regex_match(name, match, std::regex("deis_logrho([1-4])")))
        return std::make_unique<Deis>(
            deis(DeisBasis::LogSigma, std::stoi(match[1]), levels, lowered(levels)));
    return nullptr;
}

std::string without_suffix(std::string name, const std::string& suffix)
{
    if (name.size() > suffix.size() && name.ends_with(suffix))
        name.resize(name.size() - suffix.size());
    return name;
}

/// Solvers by name on given levels in sigma coordinates.
bool run_by_name(GoldenCase& golden)
{
    if (!golden.has("sigmas") || !golden.has("z") || !(golden.has("dpmpp2m") || golden.has("ipndm4")))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const std::vector<double> levels = golden.numbers("sigmas");
    const Tensor z = golden.array("z").to(at::kDouble);
    for (const std::string& array : golden.arrays()) {
        const char* tolerance = array.ends_with("_public_f32")   ? "abs_public_f32"
                                : starts_with(array, "deis_tab") ? "abs_deis_tab"
                                                                 : "abs";
        const Allowed allowed{.absolute = golden.tolerance(tolerance, 1e-6)};
        if (array == "deis_tab_coeff_last") {
            const std::size_t order = golden.numbers(array).size(), n = levels.size();
            std::vector<double> nodes;
            for (std::size_t j = 0; j < order; ++j)
                nodes.push_back(levels.at(n - 2 - j));
            golden.compare(
                deis(DeisBasis::VpTime, static_cast<int>(order), levels).coefficients(nodes, levels.back()),
                array, {.absolute = 1e-6, .relative = golden.tolerance(tolerance, 1e-6)});
        } else if (const auto sampler = solver(without_suffix(array, "_public_f32"), levels)) {
            const Walk walk =
                walk_path(golden, *sampler, *denoiser, sampler->initial(z, levels.front()), levels);
            golden.compare(walk.states.back(), array, allowed);
        }
    }
    return true;
}

/// A run in variance preserving coordinates: the start is z, the result is scaled to the last level.
Walk vp_walk(GoldenCase& golden, Sampler& sampler, Denoiser& denoiser, const std::vector<double>& levels)
{
    const auto scale = [](double sigma) { return std::sqrt(1 + sigma * sigma); };
    const Tensor z = golden.array("z").to(at::kDouble);
    Walk walk = walk_path(golden, sampler, denoiser, z * scale(levels.front()), levels);
    walk.states.back() = walk.states.back() / scale(levels.back());
    return walk;
}

/// Solvers on levels between timesteps linspace(0, T-1, n + 1), whose last level is 0 or the table's first.
void compare_linspaced(GoldenCase& golden, const std::string& name, Denoiser& denoiser,
                       const std::vector<double>& table, int steps)
{
    auto timesteps = schedule::linspaced(static_cast<int>(table.size()), steps + 1);
    timesteps.pop_back();
    golden.compare_integers(timesteps, "t_" + name);

    const std::vector<double> levels = golden.numbers("sigmas_" + name + "_f32");
    std::vector<double> expected = schedule::take(table, timesteps);
    expected.push_back(levels.back() > 0 ? table.front() : 0);
    golden.compare(expected, "sigmas_" + name + "_f32", {.relative = 1e-4}); // float32 tables

    const bool deis_name = starts_with(name, "deis");
    const auto sampler = solver(deis_name ? "deis_logrho" + name.substr(4) : name, levels);
    const Walk walk = vp_walk(golden, *sampler, denoiser, levels);
    const Allowed allowed{.absolute = golden.tolerance("abs", 2e-4)};
    golden.compare(walk.states.back(), name, allowed);
    if (golden.has(name + "_own"))
        golden.compare(walk.states.back(), name + "_own", allowed);
}

/// Solvers on "leading" timesteps. The levels of the calls are those of the published timesteps, of which the last
/// needs no step: it would end at the same level.
void compare_leading(GoldenCase& golden, const std::string& name, Sampler& sampler, Denoiser& denoiser,
                     const std::vector<double>& table, int steps)
{
    const std::vector<double> levels =
        schedule::take(table, schedule::leading(static_cast<int>(table.size()), steps));
    Walk walk = vp_walk(golden, sampler, denoiser, levels);
    golden.compare(walk.states.back(), name, {.absolute = golden.tolerance("abs", 2e-4)});

    walk.calls.push_back(levels.back());
    std::vector<std::int64_t> timesteps;
    for (const double sigma : walk.calls)
        timesteps.push_back(schedule::entries_up_to(table, sigma * (1 + 1e-9)) - 1);
    golden.compare_integers(timesteps, "t_" + name);
}

/// Schedulers of diffusers on the linear table.
bool run_schedulers(GoldenCase& golden)
{
    static const std::regex betas("linear ([0-9.e-]+)\\.\\.([0-9.e-]+) T=([0-9]+)");
    std::smatch match;
    const std::string text = golden.params().value("betas", "");
    if (!golden.has("plms") || !golden.has("t_dpmpp2m") || !std::regex_match(text, match, betas))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const std::vector<double> table = schedule::ddpm_linear(std::stoi(match[3]));
    const int steps = static_cast<int>(golden.number("steps", 1));
    for (const char* name : {"dpmpp2m", "unipc2", "deis2", "deis3"})
        if (golden.has(name))
            compare_linspaced(golden, name, *denoiser, table, steps);

    Plms plms;
    Fpndm fpndm(Fpndm::timestep_middle(table));
    FirstOrder ddim;
    compare_leading(golden, "plms", plms, *denoiser, table, steps);
    if (golden.has("pndm_prk"))
        compare_leading(golden, "pndm_prk", fpndm, *denoiser, table, steps);
    if (golden.has("ddim_leading"))
        compare_leading(golden, "ddim_leading", ddim, *denoiser, table, steps);
    return true;
}

/// Deterministic posterior sampling; the measurement is "mask * data[row]".
bool run_dps(GoldenCase& golden)
{
    static const std::regex form("([a-z_]+) \\* ([a-z_]+)\\[([0-9]+)\\]");
    std::smatch match;
    const std::string measurement = golden.params().value("measurement", "");
    if (!golden.has_param("xi") || !golden.has_param("loss") || !golden.has("x_first")
        || !std::regex_match(measurement, match, form))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const Tensor keep = golden.common("common/" + match[1].str());
    const Tensor seen = golden.common("common/" + match[2].str())[std::stoll(match[3])];
    const bool squared = golden.params()["loss"].get<std::string>().find("squared") != std::string::npos;
    DeterministicDps sampler(
        seen.unsqueeze(0).to(at::kDouble), keep.unsqueeze(0).to(at::kDouble),
        {.xi = golden.number("xi", 0), .loss = squared ? DpsLoss::SquaredNorm : DpsLoss::Norm});
    const std::vector<double> levels = golden.numbers("sigmas");
    const Walk walk = walk_path(golden, sampler, *denoiser,
                                sampler.initial(golden.array("z").to(at::kDouble), levels.front()), levels);
    const Allowed allowed{.absolute = golden.tolerance("abs", 1e-6)};
    golden.compare(walk.states.front(), "x_first", allowed);
    golden.compare(walk.states.back(), "x_final", allowed);
    return true;
}

} // namespace

bool run_comparison_case(GoldenCase& golden)
{
    return run_by_name(golden) || run_schedulers(golden) || run_dps(golden);
}

} // namespace lacuna::golden
