// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/diffpir.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

using std::sqrt;

DiffPir::DiffPir(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DiffPirOptions options)
    : Restorer(options.guidance),
      op_(std::move(op)),
      y_(y),
      options_(std::move(options))
{
    check(options_.lambda > 0, "the weight of the model is positive");
    check(options_.zeta >= 0 && options_.zeta <= 1, "the share of fresh noise lies in [0, 1]");
}

/// argmin |y - A u|^2 + rho |u - x0|^2: per component (s U^T y + rho V^T x0) / (s^2 + rho), which is x0 corrected by
/// s^2 / (s^2 + rho) of its residual.
Tensor DiffPir::nearest_to_measurement(const Tensor& x0, double rho) const
{
    const Tensor correction = op_->A_pinv(op_->A(x0) - y_.to(x0.options()));
    if (rho <= 0)
        return x0 - correction;
    const Tensor s2 = op_->singular_values().square();
    const Tensor share = padded((s2 / (s2 + rho)).unsqueeze(0), x0[0].numel());
    return x0 - op_->V(share.to(x0.options()) * op_->Vt(correction));
}

StepResult DiffPir::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double sigma_n = options_.sigma_y, zeta = options_.zeta;
    const double rho = options_.lambda * sigma_n * sigma_n / (t.from * t.from);

    // Estimate the clean image and spread the set.                                         [DiffPIR] Alg. 1
    const Tensor x0 = guidance_.apply(denoiser.x0(x, t.from), t);

    // Move it to the measurement.                                                          [DiffPIR] Alg. 1
    const Tensor x0_hat = nearest_to_measurement(x0, rho);
    if (t.to <= 0)
        return {x0_hat, x0_hat};

    // Go to the next level with the noise that it implies, and fresh noise.             [DiffPIR] Alg. 1
    const Tensor eps_hat = (x - x0_hat) / t.from;
    Tensor mixed = sqrt(1 - zeta) * eps_hat;
    if (zeta > 0)
        mixed = mixed + sqrt(zeta) * noise.draw(x, Purpose::Step, t.index);
    return {x0_hat + t.to * mixed, x0_hat};
}

} // namespace lacuna
