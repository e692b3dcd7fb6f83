// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/repaint.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/timestep.h"
#include "engine/restoration/posterior.h"

namespace lacuna {

using std::sqrt;

RePaint::RePaint(Tensor picture, const Tensor& keep, RePaintOptions options)
    : Restorer(options.guidance),
      picture_(std::move(picture)),
      known_(keep > 0.5),
      options_(std::move(options))
{
    check(options_.time_shift == 1 || options_.process.size() > 1,
          "a shifted way up knows the levels of the process");
}

StepResult RePaint::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    // Bring the known pixels to the level of the others.                                     [RePaint] eq. 8a
    Tensor x_t = x;
    if (!options_.reference_quirks || t.index > 0) {
        const Tensor n_known = noise.draw(x, Purpose::Known, t.index);
        x_t = at::where(known_.to(x.device()), picture_.to(x.options()) + t.from * n_known, x);
    }

    // Estimate the clean image and spread the set.
    const Estimate estimate = denoiser.estimate(x_t, t.from);
    const Tensor x0 = guidance_.apply(estimate.x0.clamp(-1, 1), t).clamp(-1, 1);

    // Draw the next state from the posterior.                                                [RePaint] eq. 8b
    const Tensor variance = options_.learned_variance ? estimate.variance : Tensor();
    const Posterior posterior = ancestral_posterior(x_t, x0, variance, t.from, t.to);
    Tensor x_next = posterior.mean;
    if (options_.log_gradient)
        x_next = x_next
                 + posterior.deviation.square() * sqrt((1 + t.from * t.from) / (1 + t.to * t.to))
                       * options_.log_gradient(x_t, t.from);
    if (t.to > 0)
        x_next = x_next + posterior.deviation * noise.draw(x, Purpose::Step, t.index);
    return {x_next, x0};
}

Tensor RePaint::rise(const Tensor& x, const Transition& t, NoiseSource& noise)
{
    if (options_.time_shift == 1)
        return Sampler::rise(x, t, noise);
    const auto last = static_cast<double>(options_.process.size() - 1);
    const double position = timestep_of(options_.process, t.from, TimestepRule::NearestLog);
    const auto k = static_cast<std::size_t>(std::clamp(position + options_.time_shift, 1.0, last));
    const double above = options_.process[k], below = options_.process[k - 1];
    const double beta = 1 - (1 + below * below) / (1 + above * above);

    // Forward diffusion of the variance preserving state with that variance.                 [RePaint] Alg. 1
    const double from = sqrt(1 + t.from * t.from), to = sqrt(1 + t.to * t.to);
    const Tensor n = noise.draw(x, Purpose::Travel, t.index);
    return to * (sqrt(1 - beta) / from * x + sqrt(beta) * n);
}

} // namespace lacuna
