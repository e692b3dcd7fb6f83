// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/posterior.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

Posterior ancestral_posterior(const Tensor& x, const Tensor& x0, const Tensor& variance, double from,
                              double to)
{
    check(0 <= to && to < from, "an ancestral step goes down");
    const double shrink = to * to / (from * from);
    const double small = shrink * (from * from - to * to);
    const double large = (from * from - to * to) * (1 + to * to) / (1 + from * from);

    // The mean lies between the estimate and the state.                                 Ho et al. 2020, eq. 7
    const Tensor mean = x0 + shrink * (x - x0);
    if (to <= 0)
        return {mean, at::zeros({}, x.options())};
    if (!variance.defined())
        return {mean, at::full({}, std::sqrt(small), x.options())};

    // The network chooses the variance between its bounds.                     Nichol & Dhariwal 2021, eq. 15
    const Tensor f = (variance + 1) / 2;
    return {mean, at::exp(0.5 * (f * std::log(large) + (1 - f) * std::log(small)))};
}

Tensor row_norms(const Tensor& x)
{
    const Tensor squares = x.square().sum(-1).reshape({x.size(0), -1}).sum(1);
    return squares.clamp_min(1e-30).sqrt();
}

} // namespace lacuna
