// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/diffusion/sampler.h"

namespace lacuna {

struct FirstOrderOptions {
    double gamma = 1; ///< >= 1; weight of the newest eps against the one before (gradient estimation: 2)
    double mu = 0;    ///< in [0, 1); share of fresh noise (DDPM: 1/2)
    /// The eta of DDIM instead of mu: 0 none, 1 ancestral.
    std::optional<double> ddim_eta{};
    bool clip = false; ///< clamp x0 to [-1, 1] before eps is formed and remembered
    /// Start from z sqrt(1 + sigma^2), the variance preserving N(0, I), instead of z sigma.
    bool unit_variance_start = false;

    static FirstOrderOptions ddim(double eta = 0);
    static FirstOrderOptions ddpm();
    static FirstOrderOptions gradient_estimation(double gamma = 2);
};

/// The general first-order loop of Permenter & Yuan 2023 (Algorithms 1 and 2 and their stochastic form):
///   ebar = gamma eps_i + (1 - gamma) eps_{i-1},  sigma_d = (sigma' / sigma^mu)^(1 / (1 - mu)),
///   x' = x - (sigma - sigma_d) ebar + sqrt(sigma'^2 - sigma_d^2) n.
/// One denoiser call a step; sigma' = 0 is allowed. samplers.md 3.1.
class FirstOrder final : public Sampler {
public:
    explicit FirstOrder(FirstOrderOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override;
    void exchange(StateExchange&, const Tensor& x) override;
    Tensor initial(const Tensor& z, double from) const override;

private:
    double deterministic_level(double from, double to) const;

    FirstOrderOptions options_;
    Tensor previous_eps_{}; ///< raw prediction of the step that led to previous_to_
    double previous_to_ = -1;
};

} // namespace lacuna
