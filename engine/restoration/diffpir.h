// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

struct DiffPirOptions {
    double lambda = 7;  ///< > 0; weight of the model against the measurement
    double zeta = 0.3;  ///< in [0, 1]; share of fresh noise
    double sigma_y = 0; ///< noise of y in [-1,1] units; 0: the measurement is met exactly
    GuidanceRule guidance{};
};

/// Plug-and-play restoration of Zhu et al. 2023 (Algorithm 1): half quadratic splitting between the model's estimate
/// and the measurement, solved exactly in the spectral basis, then a DDIM-like step. Guidance acts on the estimate
/// before the data step.
class DiffPir final : public Restorer {
public:
    /// y [1,...], shared by the set.
    DiffPir(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DiffPirOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;

private:
    Tensor nearest_to_measurement(const Tensor& x0, double rho) const;

    std::shared_ptr<const SpectralOperator> op_;
    Tensor y_;
    DiffPirOptions options_;
};

} // namespace lacuna
