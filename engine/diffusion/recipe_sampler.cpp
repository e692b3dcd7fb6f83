// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/recipe_sampler.h"

#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/ddnm.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/guided_heun.h"
#include "engine/diffusion/multistep.h"
#include "engine/diffusion/pndm.h"
#include "engine/diffusion/schedule.h"

namespace lacuna {

namespace {

Kernel kernel_of(const std::string& name)
{
    return name == "iou" ? Kernel::Iou : name == "l2" ? Kernel::Euclidean : Kernel::Rbf;
}

std::unique_ptr<Sampler> make_heun(const Recipe& recipe, int steps, const Tensor& region)
{
    const Churn churn{.amount = recipe.churn, .steps = steps};
    if (recipe.particles == 0)
        return std::make_unique<Heun>(churn);
    ParticleGuidance guidance{.strength = recipe.particles, .region = region};
    guidance.kernel.kernel = kernel_of(recipe.kernel);
    if (guidance.kernel.kernel == Kernel::Iou) { // which needs values in [0, 1]
        guidance.point = KernelPoint::Denoised;
        guidance.space = KernelSpace::UnitRange;
    }
    return std::make_unique<GuidedHeun>(std::move(guidance), churn);
}

} // namespace

std::unique_ptr<Sampler> make_sampler(const Recipe& recipe, Correction& correction, int steps,
                                      const Tensor& region)
{
    const std::string& name = recipe.sampler;
    if (name == "ddim")
        return std::make_unique<FirstOrder>(FirstOrderOptions::ddim());
    if (name == "ddpm")
        return std::make_unique<FirstOrder>(FirstOrderOptions::ddpm());
    if (name == "ge") {
        FirstOrderOptions options = FirstOrderOptions::gradient_estimation(recipe.gamma);
        options.mu = recipe.mu;
        return std::make_unique<FirstOrder>(options);
    }
    if (name == "edm")
        return make_heun(recipe, steps, region);
    if (name == "dpmpp-2m")
        return std::make_unique<DpmSolver2M>();
    if (name == "unipc")
        return std::make_unique<UniPc2>();
    if (name == "deis")
        return std::make_unique<Deis>();
    if (name == "ipndm")
        return std::make_unique<Ipndm>();
    if (name == "plms")
        return std::make_unique<Plms>();
    if (name == "fpndm")
        return std::make_unique<Fpndm>();
    check(name == "ddnm", "the recipe's sampler was validated");
    return std::make_unique<Ddnm>(correction, recipe.restoration.eta);
}

int denoiser_calls(const Recipe& recipe, int steps)
{
    Correction none(Repulsion{.eta = 0, .bound_rms = 0});
    return make_sampler(recipe, none, steps, {})->evaluations(steps);
}

bool corrects_by_itself(const Recipe& recipe)
{
    return recipe.sampler == "ddnm";
}

std::vector<double> levels_between(const std::string& name, int n, double high, double low)
{
    std::vector<double> levels;
    for (int i = 0; i < n; ++i) {
        const double u = n > 1 ? double(i) / (n - 1) : 0;
        if (name == "log-linear")
            levels.push_back(high * std::pow(low / high, u));
        else if (name == "edm") // [EDM] eq. 5, rho = 7
            levels.push_back(
                std::pow(std::pow(high, 1 / 7.) + u * (std::pow(low, 1 / 7.) - std::pow(high, 1 / 7.)), 7));
        else { // evenly in the time of the linear variance preserving process
            const schedule::VpTime time;
            levels.push_back(time.sigma(time.tau(high) + u * (time.tau(low) - time.tau(high))));
        }
    }
    levels.push_back(0);
    return levels;
}

} // namespace lacuna
