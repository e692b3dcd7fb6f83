// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"
#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep.h"

namespace lacuna {

/// A network as a function: x [N,C,...] and its noise label; the result has C channels, or 2C of which the second
/// half is a learned variance.
using Network = std::function<Tensor(const Tensor& x, double c_noise)>;

/// What a network predicts; v = sqrt(abar) eps - sqrt(1 - abar) x0.
enum class Prediction { Eps, X0, V };

/// [EDM] eq. 7: D(x; sigma) = skip x + out F(in x; noise).
struct Scaling {
    double skip = 1;
    double out = 1;
    double in = 1;
    double noise = 0;
};

/// How a network is wrapped into a denoiser, and where it is valid. samplers.md 1.1, 1.3, 1.5.
struct Preconditioning {
    std::function<Scaling(double sigma)> at;
    double sigma_min = 0;
    double sigma_max = std::numeric_limits<double>::infinity();
    std::function<double(double sigma)> round{}; ///< undefined: the model is continuous
};

Preconditioning edm_preconditioning(double sigma_data = 0.5);
/// Noise label (M - 1) tau(sigma); valid from sigma(tau = 1e-5) to sigma(1).
Preconditioning vp_preconditioning(schedule::VpTime time = {}, int M = 1000);
Preconditioning ve_preconditioning(double sigma_min = 0.02, double sigma_max = 100);
Preconditioning iddpm_preconditioning(int M = 1000, double C_1 = 0.001, double C_2 = 0.008);

/// A network of any prediction that is told sigma itself; `scale_input` feeds it x / sqrt(1 + sigma^2).
Preconditioning continuous_preconditioning(Prediction, bool scale_input);

/// A DDPM network on a table of increasing sigma. The label is the timestep of the rule, clamped to the table.
/// `snap`: the coefficients use the table's sigma at that timestep, so that the network sees a consistent pair;
/// otherwise they use the sigma that was asked for.
Preconditioning discrete_preconditioning(std::vector<double> table, Prediction, TimestepRule,
                                         bool snap = true);

/// A wrapped network. It runs in its own precision, the state keeps that of x.
class PreconditionedDenoiser final : public Denoiser {
public:
    PreconditionedDenoiser(Network network, Preconditioning preconditioning,
                           at::ScalarType network_dtype = at::kFloat)
        : network_(std::move(network)),
          preconditioning_(std::move(preconditioning)),
          dtype_(network_dtype)
    {
    }

    Tensor x0(const Tensor& x, double sigma) override { return estimate(x, sigma).x0; }
    /// The variance is the second half of the network's channels.
    Estimate estimate(const Tensor& x, double sigma) override;
    double sigma_min() const override { return preconditioning_.sigma_min; }
    double sigma_max() const override { return preconditioning_.sigma_max; }
    double round_sigma(double sigma) const override;

private:
    Network network_;
    Preconditioning preconditioning_;
    at::ScalarType dtype_;
};

} // namespace lacuna
