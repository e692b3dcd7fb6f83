// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "engine/diffusion/history.h"
#include "engine/diffusion/sampler.h"

/// The pseudo numerical methods of Liu et al. 2022 in sigma coordinates, where the transfer of the paper is an Euler
/// step x + (sigma' - sigma) eps. samplers.md 3.3. They extrapolate with the weights of equal steps: made for levels
/// at equally spaced timesteps (schedule::leading). A step to sigma = 0 returns the clean estimate.
namespace lacuna {

/// PLMS: linear multistep throughout, as in Stable Diffusion. The first step is repeated with the mean of the eps at
/// both its ends. n + 1 denoiser calls for n steps.
class Plms final : public Sampler {
public:
    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    int evaluations(int steps) const override { return steps + 1; }
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

private:
    History history_{};
};

/// F-PNDM: the first three steps are pseudo Runge-Kutta steps of order four, the others linear multistep.
/// n + 9 denoiser calls for n >= 3 steps.
class Fpndm final : public Sampler {
public:
    /// The level between two levels at which a Runge-Kutta step looks.
    using Middle = std::function<double(double from, double to)>;
    /// The geometric mean.
    static double geometric_middle(double from, double to);
    /// The entry of a table of increasing sigma half way between the timesteps of two levels; the half is rounded
    /// down.
    static Middle timestep_middle(std::vector<double> table);

    explicit Fpndm(Middle middle = geometric_middle) : middle_(std::move(middle)) {}

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    int evaluations(int steps) const override { return steps + 3 * std::min(steps, 3); }
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

private:
    Tensor runge_kutta(const Tensor& x, const Tensor& e1, const Transition&, Denoiser&) const;

    Middle middle_;
    History history_{};
};

} // namespace lacuna
