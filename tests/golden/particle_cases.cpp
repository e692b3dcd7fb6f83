// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>
#include <optional>

#include "engine/diffusion/guided_heun.h"
#include "engine/diffusion/schedule.h"
#include "problem.h"
#include "sampler_walk.h"

namespace lacuna::golden {

namespace {

std::string text(const GoldenCase& golden, const char* key)
{
    const auto found = golden.params().find(key);
    return found != golden.params().end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool mentions(const std::string& where, const char* what)
{
    return where.find(what) != std::string::npos;
}

std::optional<Kernel> kernel_named(const std::string& distance)
{
    if (distance == "iou" || mentions(distance, "IoU"))
        return Kernel::Iou;
    if (mentions(distance, "squared Euclidean"))
        return Kernel::Rbf;
    if (distance == "l2" || mentions(distance, "Euclidean"))
        return Kernel::Euclidean;
    return {};
}

/// The thesis' program: distances of estimates mapped to [0, 1], bandwidth differentiated, minus sign, start at a
/// tenth, corrector at x_hat, autograd's halves at ties.
ParticleGuidance thesis_program(Kernel kernel)
{
    ParticleGuidance guidance;
    guidance.kernel = {.kernel = kernel, .bandwidth = Bandwidth::ThroughMedian, .tie = Tie::Half};
    guidance.point = KernelPoint::Denoised;
    guidance.space = KernelSpace::UnitRange;
    guidance.from_sigma = 0;
    guidance.cap = std::numeric_limits<double>::infinity();
    guidance.quirks = {.literal_sign = true, .corrector_at_x_hat = true, .start_scale = 0.1};
    return guidance;
}

/// What the parameters say; nothing when they say something that is not known here.
std::optional<ParticleGuidance> described_guidance(const GoldenCase& golden)
{
    const auto kernel = kernel_named(text(golden, "distance"));
    const std::string h = text(golden, "h"), point = text(golden, "kernel_point"),
                      space = text(golden, "kernel_space"), sign = text(golden, "sign"),
                      init = text(golden, "init"), second = text(golden, "second_order");
    const bool printed = starts_with(sign, "literal");
    if (!kernel || !(printed || starts_with(sign, "plus"))
        || !(starts_with(point, "denoised") || point == "noisy"))
        return {};
    ParticleGuidance guidance = thesis_program(*kernel);
    guidance.strength = golden.number("k_PG", 0);
    guidance.kernel.tie = golden.has_param("tie_derivative") ? Tie::Zero : Tie::Half;
    guidance.point = point == "noisy" ? KernelPoint::Noisy : KernelPoint::Denoised;
    guidance.space = mentions(point, "[0,1]") || starts_with(space, "(v+1)/2") ? KernelSpace::UnitRange
                                                                               : KernelSpace::AsIs;
    guidance.quirks = {.literal_sign = printed,
                       .corrector_at_x_hat = starts_with(second, "network input is x_hat"),
                       .start_scale = starts_with(init, "0.1*") ? 0.1 : 1};
    if (starts_with(h, "constant ")) {
        guidance.kernel.bandwidth = Bandwidth::Fixed;
        guidance.kernel.fixed = number_after(h, "constant ");
    } else if (mentions(h, "median")) {
        guidance.kernel.bandwidth =
            mentions(h, "gradient flows through") ? Bandwidth::ThroughMedian : Bandwidth::Median;
    } else {
        return {};
    }
    return guidance;
}

/// The gradient alone, with and without the slope of the bandwidth.
bool run_gradient(GoldenCase& golden)
{
    const auto kernel = kernel_named(text(golden, "distance"));
    if (!kernel || !golden.has("grad_public") || !golden.has("grad_detached")
        || !starts_with(text(golden, "mapping"), "x01=(x+1)/2"))
        return false;
    const Tensor points = (golden.array("x").to(at::kDouble) + 1) / 2;
    const double relative = golden.tolerance("rel", 1e-9), alpha = golden.number("alpha", 1);
    KernelOptions options{.kernel = *kernel, .exponent = golden.number("gamma", 1), .tie = Tie::Half};
    const auto compare = [&](const char* array, Bandwidth bandwidth) {
        options.bandwidth = bandwidth;
        const KernelSum sum = kernel_sum(points, options);
        const double largest = golden.array(array).abs().max().item<double>();
        golden.compare(alpha * sum.gradient, array, {.absolute = relative * largest});
        return sum;
    };
    compare("grad_detached", Bandwidth::Median);
    const KernelSum sum = compare("grad_public", Bandwidth::ThroughMedian);
    if (golden.has("dist_matrix"))
        golden.compare(sum.distances, "dist_matrix", {.absolute = relative, .relative = relative});
    if (golden.has("h_t"))
        golden.compare(std::vector<double>{sum.bandwidth.front() * options.exponent}, "h_t",
                       {.relative = relative});
    return true;
}

/// Where a state on the way is decided by rounding: estimates of known pixels are equal but for their last bits, and
/// the slope of the overlap depends on which one is greater. Later steps forget it.
Tensor decided_by_rounding(const GoldenCase& golden, const ParticleGuidance& guidance)
{
    const nlohmann::json& problem = golden.params()["problem"];
    if (guidance.kernel.kernel != Kernel::Iou || problem.value("kind", "") != "finite_data_cond_hard")
        return {};
    return problem_array(golden, problem, "mask_known").unsqueeze(0);
}

/// A run with guidance, as the parameters describe it.
bool run_guided(GoldenCase& golden)
{
    const auto guidance = described_guidance(golden);
    if (!guidance || !golden.has_param("k_PG") || !golden.has_param("rho") || !golden.has("x_final"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const std::vector<double> levels = golden.numbers("sigmas");
    golden.compare(schedule::edm(static_cast<int>(golden.number("steps", 1)),
                                 golden.number("sigma_min", 0.002), golden.number("sigma_max", 80),
                                 golden.number("rho", 7)),
                   "sigmas", {.relative = 1e-12});
    GuidedHeun sampler(*guidance, churn_of(golden));
    const Tensor z = golden.array("z").to(at::kDouble);
    const Walk walk = walk_path(golden, sampler, *denoiser, sampler.initial(z, levels.front()), levels,
                                recorded_noise(golden));
    compare_walk(golden, walk, {.absolute = golden.tolerance("abs", 1e-6)},
                 decided_by_rounding(golden, *guidance));
    return true;
}

/// One particle after the other, pushed by those that are finished.
bool run_sequential(GoldenCase& golden)
{
    const auto kernel = kernel_named(text(golden, "distance"));
    if (!kernel || !starts_with(text(golden, "note"), "particle j is generated alone")
        || !mentions(text(golden, "note"), "rest as pg_thesis_public") || !golden.has("x_final"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    ParticleGuidance guidance = thesis_program(*kernel);
    guidance.strength = golden.number("k_PG", 0);
    const std::vector<double> levels = golden.numbers("sigmas");
    const Tensor z = golden.array("z").to(at::kDouble);
    std::vector<Tensor> finished;
    for (std::int64_t j = 0; j < z.size(0); ++j) {
        GuidedHeun sampler(guidance, churn_of(golden));
        if (!finished.empty())
            sampler.set_finished(at::cat(finished));
        finished.push_back(
            walk_path(golden, sampler, *denoiser, sampler.initial(z.narrow(0, j, 1), levels.front()), levels)
                .states.back());
    }
    golden.compare(at::cat(finished), "x_final", {.absolute = golden.tolerance("abs", 1e-5)});
    return true;
}

} // namespace

bool run_particle_case(GoldenCase& golden)
{
    return run_gradient(golden) || run_guided(golden) || run_sequential(golden);
}

} // namespace lacuna::golden
