// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/ancestral.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/schedule.h"

namespace lacuna {

RespacedProcess::RespacedProcess(const std::vector<double>& abar, std::vector<std::int64_t> kept)
    : kept_(std::move(kept)),
      abar_(schedule::take(abar, kept_))
{
    check(kept_.size() >= 2, "a respaced process keeps two timesteps or more");
}

double RespacedProcess::log_posterior_variance(int k) const
{
    return std::log(posterior_variance(std::max(k, 1)));
}

AncestralMoments ancestral_moments(const RespacedProcess& process, int k, const Tensor& z, const Tensor& eps,
                                   const Tensor& v, bool clip)
{
    using std::sqrt;
    const double abar = process.abar(k), abar_next = process.abar(k - 1);
    const double beta = process.beta(k);

    // Estimate the clean image.
    Tensor x0 = (z - sqrt(1 - abar) * eps) / sqrt(abar);
    if (clip)
        x0 = x0.clamp(-1, 1);

    // The posterior mean lies between the estimate and the state.                       Ho et al. 2020, eq. 7
    const Tensor mean =
        beta * sqrt(abar_next) / (1 - abar) * x0 + (1 - abar_next) * sqrt(1 - beta) / (1 - abar) * z;

    // The network chooses the variance between its bounds.                     Nichol & Dhariwal 2021, eq. 15
    const Tensor fraction = (v + 1) / 2;
    const Tensor log_variance =
        fraction * std::log(beta) + (1 - fraction) * process.log_posterior_variance(k);
    return {mean, log_variance, x0};
}

} // namespace lacuna
