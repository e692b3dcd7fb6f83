// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/guided_heun.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

GuidedHeun::GuidedHeun(ParticleGuidance guidance, Churn churn, bool corrector)
    : guidance_(std::move(guidance)),
      churn_(churn),
      corrector_(corrector)
{
    check(guidance_.strength >= 0 && guidance_.cap >= 0, "strength and cap of guidance are not negative");
}

StepResult GuidedHeun::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double gamma = churn_.gamma(t.from);
    const double t_hat = gamma > 0 ? denoiser.round_sigma(t.from * (1 + gamma)) : t.from;
    const double added = std::sqrt(std::max(0.0, t_hat * t_hat - t.from * t.from)) * churn_.noise;

    // Raise the noise level for a moment.                                              Algorithm 2, lines 5-7
    const Tensor x_hat = added > 0 ? x + added * noise.draw(x, Purpose::Churn, t.index) : x;

    // Guided Euler step from t_hat to the next level.                                 Algorithm 2, lines 8-11
    Tensor x0 = denoiser.x0(x_hat, t_hat);
    const Tensor d = guidance_.guide((x_hat - x0) / t_hat, x_hat, x0, t.from, t.index, finished_);
    Tensor x_next = x_hat + (t.to - t_hat) * d;

    // Second-order correction without guidance.                                      Algorithm 2, lines 12-15
    if (corrector_ && t.to > 0) {
        x0 = denoiser.x0(guidance_.quirks.corrector_at_x_hat ? x_hat : x_next, t.to);
        const Tensor d_next = (x_next - x0) / t.to;
        x_next = x_hat + (t.to - t_hat) * (0.5 * d + 0.5 * d_next);
    }
    return {x_next, x0};
}

void GuidedHeun::retain(const std::vector<std::int64_t>& rows)
{
    if (guidance_.region.defined() && guidance_.region.size(0) > 1)
        guidance_.region =
            guidance_.region.index_select(0, at::tensor(rows, at::kLong).to(guidance_.region.device()));
}

Tensor GuidedHeun::initial(const Tensor& z, double from) const
{
    return z * from * guidance_.quirks.start_scale;
}

} // namespace lacuna
