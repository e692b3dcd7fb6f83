// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

struct DdrmOptions {
    double eta = 0.85;  ///< in [0, 1]; share of fresh noise where nothing, or too little, is known
    double eta_b = 1;   ///< in [0, 1]; weight of the measurement where it is less noisy than the state
    double sigma_y = 0; ///< noise of y in [-1,1] units
    GuidanceRule guidance{};
    /// Start too large by sqrt(1 + 1/sigma^2) (Q11), spectral draws in an arbitrary basis (Q12), last estimate not
    /// projected (Q13).
    bool reference_quirks = false;
};

/// Denoising diffusion restoration of Kawar et al. 2022, in sigma coordinates: every spectral component is steered
/// by whether it is observed, and by whether the measurement or the state is the noisier. restoration.md 4.3.
/// Guidance acts on the unobserved components only. Noise is drawn as pixels and rotated by V^T, so that it does not
/// depend on the basis of the null space.
class Ddrm final : public Restorer {
public:
    /// y [1,...], shared by the set.
    Ddrm(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DdrmOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    /// The measurement with noise up to the first level, instead of noise alone.
    Tensor initial(const Tensor& z, double from) const override;

private:
    Tensor spectral_noise(const Tensor& x, const Transition&, NoiseSource&) const;

    std::shared_ptr<const SpectralOperator> op_;
    DdrmOptions options_;
    Tensor y_;             ///< as given
    Tensor Y_;             ///< [1,n] U^T y / s, 0 where nothing is observed; float64
    Tensor s_, deviation_; ///< [n] singular values and sigma_y / s; 0 where nothing is observed; float64
};

} // namespace lacuna
