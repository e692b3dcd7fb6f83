// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/first_order.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

using std::pow;
using std::sqrt;

FirstOrderOptions FirstOrderOptions::ddim(double eta)
{
    FirstOrderOptions options;
    options.ddim_eta = eta;
    return options;
}

FirstOrderOptions FirstOrderOptions::ddpm()
{
    FirstOrderOptions options;
    options.mu = 0.5;
    return options;
}

FirstOrderOptions FirstOrderOptions::gradient_estimation(double gamma)
{
    FirstOrderOptions options;
    options.gamma = gamma;
    return options;
}

FirstOrder::FirstOrder(FirstOrderOptions options) : options_(options)
{
    check(options_.gamma >= 1, "gamma is at least 1");
    check(options_.mu >= 0 && options_.mu < 1, "mu lies in [0, 1)");
}

double FirstOrder::deterministic_level(double from, double to) const
{
    if (options_.ddim_eta) {
        const double fresh = *options_.ddim_eta * to * sqrt(std::max(0.0, 1 - to * to / (from * from)));
        return sqrt(std::max(0.0, to * to - fresh * fresh));
    }
    return pow(to / pow(from, options_.mu), 1 / (1 - options_.mu));
}

StepResult FirstOrder::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double sigma = t.from;
    const double sigma_d = deterministic_level(t.from, t.to);
    const double fresh = sqrt(std::max(0.0, t.to * t.to - sigma_d * sigma_d));
    const double gamma = options_.gamma;

    // Estimate the clean image and the noise in x.
    Tensor x0 = denoiser.x0(x, sigma);
    if (options_.clip)
        x0 = x0.clamp(-1, 1);
    const Tensor eps = (x - x0) / sigma;

    // Combine with the estimate of the step before, if this step continues it.
    const bool continues =
        previous_eps_.defined() && previous_to_ == t.from && previous_eps_.sizes() == x.sizes();
    const Tensor ebar = continues && gamma != 1 ? gamma * eps + (1 - gamma) * previous_eps_ : eps;
    previous_eps_ = eps;
    previous_to_ = t.to;

    // Remove noise down to sigma_d, add fresh noise up to the next level.
    Tensor x_next = x - (sigma - sigma_d) * ebar;
    if (fresh > 0)
        x_next = x_next + fresh * noise.draw(x, Purpose::Step, t.index);
    return {x_next, x0};
}

void FirstOrder::retain(const std::vector<std::int64_t>& rows)
{
    if (previous_eps_.defined())
        previous_eps_ = previous_eps_.index_select(0, at::tensor(rows, at::kLong).to(previous_eps_.device()));
}

void FirstOrder::exchange(StateExchange& state, const Tensor& x)
{
    state.tensor("previous_eps", previous_eps_, x);
    state.number("previous_to", previous_to_);
}

Tensor FirstOrder::initial(const Tensor& z, double from) const
{
    return z * (options_.unit_variance_start ? sqrt(1 + from * from) : from);
}

} // namespace lacuna
