// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/pndm.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/diffusion/adams_bashforth.h"
#include "engine/diffusion/timestep.h"

namespace lacuna {

namespace {

Tensor eps_at(Denoiser& denoiser, const Tensor& x, double sigma)
{
    return (x - denoiser.x0(x, sigma)) / sigma;
}

} // namespace

StepResult Plms::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate the clean image and the noise in x.
    history_.begin(t, x);
    const Tensor x0 = denoiser.x0(x, t.from);
    const Tensor eps = (x - x0) / t.from;
    const bool first = history_.size() == 0;
    history_.remember(eps, t.from, 4);
    if (t.to <= 0)
        return {x0, x0};
    const double h = t.to - t.from;

    // The first step looks at its end and starts again.                            Liu et al. 2022, eq. 23
    if (first)
        return {x + h * 0.5 * (eps + eps_at(denoiser, x + h * eps, t.to)), x0};

    // Linear multistep.                                                            Liu et al. 2022, eq. 12
    return {x + h * adams_bashforth(history_), x0};
}

double Fpndm::geometric_middle(double from, double to)
{
    return std::sqrt(from * to);
}

Fpndm::Middle Fpndm::timestep_middle(std::vector<double> table)
{
    return [table = std::move(table)](double from, double to) {
        const double first = timestep_of(table, from, TimestepRule::NearestLog);
        const double last = timestep_of(table, to, TimestepRule::NearestLog);
        return sigma_at(table, first - std::floor((first - last) / 2));
    };
}

Tensor Fpndm::runge_kutta(const Tensor& x, const Tensor& e1, const Transition& t, Denoiser& denoiser) const
{
    const double middle = middle_(t.from, t.to);
    const double half = middle - t.from, h = t.to - t.from;

    // Two looks at the middle, one at the end.                                     Liu et al. 2022, eq. 13
    const Tensor e2 = eps_at(denoiser, x + half * e1, middle);
    const Tensor e3 = eps_at(denoiser, x + half * e2, middle);
    const Tensor e4 = eps_at(denoiser, x + h * e3, t.to);
    return (e1 + 2 * e2 + 2 * e3 + e4) / 6;
}

StepResult Fpndm::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate the clean image and the noise in x.
    history_.begin(t, x);
    const Tensor x0 = denoiser.x0(x, t.from);
    const Tensor eps = (x - x0) / t.from;
    history_.remember(eps, t.from, 4);
    if (t.to <= 0)
        return {x0, x0};

    // Runge-Kutta until four eps are known, then linear multistep.                 Liu et al. 2022, Alg. 2
    const Tensor ebar = history_.size() < 4 ? runge_kutta(x, eps, t, denoiser) : adams_bashforth(history_);
    return {x + (t.to - t.from) * ebar, x0};
}

} // namespace lacuna
