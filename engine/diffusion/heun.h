// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>

#include "engine/diffusion/sampler.h"
#include "engine/diffusion/schedule.h"

namespace lacuna {

/// Defaults of churn are those of the thesis variant: S_churn spread over all levels, S_noise 1.
struct Churn {
    double amount = 0; ///< S_churn: total over the run
    double min = 0;    ///< S_min, S_max: levels at which it acts
    double max = std::numeric_limits<double>::infinity();
    double noise = 1; ///< S_noise
    int steps = 1;    ///< length of the run that the amount is spread over

    /// gamma_i of [EDM] Algorithm 2 at this level.
    double gamma(double level) const;
};

/// [EDM] Algorithm 2, stochastic Heun; without the corrector it is Euler. samplers.md 3.2.
/// 2n - 1 denoiser calls for n steps that end at 0.
class Heun final : public Sampler {
public:
    explicit Heun(Churn churn = {}, bool corrector = true) : churn_(churn), corrector_(corrector) {}

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    int evaluations(int steps) const override { return corrector_ ? 2 * steps - 1 : steps; }

private:
    Churn churn_;
    bool corrector_;
};

/// A noise schedule sigma(t) with a scaling s(t) of the state: the state is s(t) (x0 + sigma(t) eps).
struct ScaledProcess {
    std::function<double(double t)> sigma, sigma_slope, s, s_slope;
    std::function<double(double sigma)> time; ///< inverse of sigma(t)

    /// sigma(t) and s(t) = 1 / sqrt(1 + sigma^2) of the linear variance preserving process, [EDM] table 1.
    static ScaledProcess variance_preserving(schedule::VpTime time = {});
};

/// [EDM] Algorithm 1 in its general form: a second-order step with midpoint parameter alpha (1: Heun) of
///   dx/dt = (sigma'/sigma + s'/s) x - (sigma' s / sigma) D(x / s; sigma),
/// the last step is Euler. Transitions carry sigma; the state is that of the scaled process. samplers.md 3.2.
class GeneralHeun final : public Sampler {
public:
    explicit GeneralHeun(ScaledProcess process, Churn churn = {}, double alpha = 1, bool corrector = true);

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    int evaluations(int steps) const override { return corrector_ ? 2 * steps - 1 : steps; }
    Tensor initial(const Tensor& z, double from) const override;

private:
    struct Slope {
        Tensor value, x0;
    };
    Slope slope(const Tensor& x, double t, Denoiser&) const;

    ScaledProcess process_;
    Churn churn_;
    double alpha_;
    bool corrector_;
};

} // namespace lacuna
