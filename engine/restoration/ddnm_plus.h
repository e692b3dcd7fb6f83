// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

struct DdnmPlusOptions {
    double eta = 0.85;  ///< in [0, 1]; share of fresh noise
    double sigma_y = 0; ///< noise of y in [-1,1] units; 0: DDNM
    GuidanceRule guidance{};
    /// Time travel starts from the guided estimate before its projection; noise and eps of a noisy measurement are
    /// scaled without being rotated by V^T first (Q15).
    bool reference_quirks = false;
};

/// Null-space restoration of Wang et al. 2023 for any operator, in sigma coordinates: DDNM, and DDNM+ where y is
/// noisy. restoration.md 4.4. Going back up is forward diffusion of the state.
class DdnmPlus final : public Restorer {
public:
    /// y [1,...], shared by the set.
    DdnmPlus(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DdnmPlusOptions options = {});

    /// The x0 of the result is projected; to = 0 returns it as the state.
    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    Tensor rise(const Tensor& x, const Transition&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override;
    void exchange(StateExchange&, const Tensor& x) override;

private:
    Tensor noisy_projection(const Tensor& x0, double sigma) const;
    Tensor noisy_spread(const Tensor& eps, const Tensor& n, double sigma) const;

    std::shared_ptr<const SpectralOperator> op_;
    Tensor y_;
    DdnmPlusOptions options_;
    Tensor deviation_; ///< [n] sigma_y / s of every spectral component, 0 where nothing is observed; float64
    Tensor unprojected_{}; ///< where published time travel starts
};

} // namespace lacuna
