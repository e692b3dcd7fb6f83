// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/diffusion/history.h"
#include "engine/diffusion/sampler.h"
#include "engine/diffusion/schedule.h"

/// Multistep solvers of the probability flow that remember clean estimates or eps of earlier steps. samplers.md 3.3.
/// One denoiser call a step, whatever the order; no noise is drawn. Where a step cannot reach back far enough (start
/// of a path, or after a jump) the order is lower. A step to sigma = 0 returns the clean estimate.
namespace lacuna {

struct DpmSolverOptions {
    /// The last step is of first order: steadier for runs of few steps.
    bool lower_order_final = false;
};

/// DPM-Solver++(2M), Lu et al. 2022, Algorithm 2.
class DpmSolver2M final : public Sampler {
public:
    explicit DpmSolver2M(DpmSolverOptions options = {}) : options_(options) {}

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

private:
    DpmSolverOptions options_;
    History history_{};
};

/// B(h) of UniPC: bh1 is h, bh2 is exp(h) - 1 (signs as in samplers.md).
enum class UniPcVariant { Bh1, Bh2 };

/// UniPC-2 with data prediction, Zhao et al. 2023. The corrector's estimate is made at the predicted state and is
/// used again as the first estimate of the next step. First order at both ends; the last step has no corrector.
class UniPc2 final : public Sampler {
public:
    explicit UniPc2(UniPcVariant variant = UniPcVariant::Bh2) : variant_(variant) {}

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

private:
    UniPcVariant variant_;
    History history_{};
};

/// The variable in which the past eps are interpolated by a polynomial.
enum class DeisBasis {
    LogSigma, ///< ln sigma ("log-rho", diffusers)
    Sigma,    ///< sigma itself ("rho-AB": Adams-Bashforth with variable steps)
    VpTime,   ///< time of the variance preserving process ("t-AB")
};

struct DeisOptions {
    DeisBasis basis = DeisBasis::LogSigma;
    int order = 3; ///< 1 to 4
    /// Length of a run whose last steps have at most as high an order as there are steps left; 0: no such limit.
    int lower_order_final_of = 0;
    /// For VpTime: the process with these end levels, [EDM] table 1.
    double sigma_min = 0.002, sigma_max = 80, epsilon_s = 1e-3;
};

/// DEIS, Zhang & Chen 2023: x' = x + sum_j C_j eps_{i-j} with C_j the integral over d sigma of the Lagrange basis.
class Deis final : public Sampler {
public:
    explicit Deis(DeisOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

    /// C_j for eps known at nodes[0] = from, nodes[1], ... (increasing levels) and a step to `to` > 0.
    std::vector<double> coefficients(const std::vector<double>& nodes, double to) const;

private:
    double variable(double sigma) const;

    DeisOptions options_;
    schedule::VpTime time_;
    History history_{};
};

/// iPNDM: the weights of Adams-Bashforth for equal steps, whatever the steps are; Zhang & Chen 2023.
class Ipndm final : public Sampler {
public:
    /// max_order 1 to 4.
    explicit Ipndm(int max_order = 4);

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override { history_.retain(rows); }
    void exchange(StateExchange& state, const Tensor& x) override { history_.exchange(state, x); }

private:
    int max_order_;
    History history_{};
};

} // namespace lacuna
