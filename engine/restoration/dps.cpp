// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/dps.h"

#include <cmath>

#include "engine/core/error.h"
#include "engine/restoration/posterior.h"

#include <torch/csrc/autograd/autograd.h>

#include <c10/core/GradMode.h>

namespace lacuna {

using std::sqrt;

Dps::Dps(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DpsOptions options)
    : Restorer(options.guidance),
      op_(std::move(op)),
      y_(options.reference_quirks ? y : op_->in_range(y)),
      options_(std::move(options))
{
    check(options_.zeta >= 0, "the step of DPS is not negative");
}

StepResult Dps::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const c10::AutoGradMode record(true);
    const Tensor x_t = x.detach().requires_grad_(true);

    // Estimate the clean image and spread the set.                                                [DPS] Alg. 1
    const Estimate estimate = denoiser.estimate(x_t, t.from);
    const Tensor x0 = guidance_.apply(estimate.x0.clamp(-1, 1), t).clamp(-1, 1);

    // How the residuals change with the states.                                                   [DPS] Alg. 1
    const Tensor norms = row_norms(y_.to(x.options()) - op_->A(x0));
    const Tensor gradient = torch::autograd::grad({norms.sum()}, {x_t})[0];
    residual_norms_ = norms.detach();

    // Draw the next state from the posterior, then go down the gradient of the variance preserving state.
    const Tensor variance =
        options_.learned_variance && estimate.variance.defined() ? estimate.variance.detach() : Tensor();
    const Posterior posterior = ancestral_posterior(x, x0.detach(), variance, t.from, t.to);
    const double scale = options_.zeta * sqrt((1 + t.from * t.from) * (1 + t.to * t.to));
    Tensor x_next = posterior.mean - scale * gradient;
    if (t.to > 0)
        x_next = x_next + posterior.deviation * noise.draw(x, Purpose::Step, t.index);
    return {x_next, x0.detach()};
}

void Dps::retain(const std::vector<std::int64_t>& rows)
{
    Restorer::retain(rows);
    if (residual_norms_.defined())
        residual_norms_ =
            residual_norms_.index_select(0, at::tensor(rows, at::kLong).to(residual_norms_.device()));
}

} // namespace lacuna
