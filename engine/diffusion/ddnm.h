// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/diffusion/correction.h"
#include "engine/diffusion/sampler.h"

namespace lacuna {

/// Null-space sampling of Wang et al. 2023 (DDNM) without measurement noise, in sigma coordinates:
///   x' = x0_hat + sigma' (eta n + sqrt(1 - eta^2) eps),
/// x0_hat the guided and projected estimate, eps the one of the unguided estimate. restoration.md 4.4.
/// This eta is not that of DDIM: the fresh noise does not shrink with the step size.
class Ddnm final : public Sampler {
public:
    /// eta in [0, 1]. The correction must outlive the sampler.
    explicit Ddnm(Correction& correction, double eta = 0.85);

    /// The x0 of the result is projected; to = 0 returns it as the state.
    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override { correction_.retain(rows); }

private:
    Correction& correction_;
    double eta_;
};

} // namespace lacuna
