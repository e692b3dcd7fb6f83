// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/ddnm.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

Ddnm::Ddnm(Correction& correction, double eta) : correction_(correction), eta_(eta)
{
    check(eta >= 0 && eta <= 1, "the eta of DDNM lies in [0, 1]");
}

StepResult Ddnm::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    // Estimate the clean image.                                                                 [DDNM] eq. 12
    const Tensor x0 = denoiser.x0(x, t.from);
    const Tensor eps = (x - x0) / t.from;

    // Spread the set, then put the known pixels back.                                           [DDNM] eq. 13
    const Tensor x0_hat = correction_.apply(x0, t.from);
    if (t.to <= 0)
        return {x0_hat, x0_hat};

    // Go to the next noise level with fresh noise and the noise that was estimated.      restoration.md 4.4
    Tensor mixed = std::sqrt(1 - eta_ * eta_) * eps;
    if (eta_ > 0)
        mixed = mixed + eta_ * noise.draw(x, Purpose::Step, t.index);
    return {x0_hat + t.to * mixed, x0_hat};
}

} // namespace lacuna
