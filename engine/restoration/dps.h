// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

struct DpsOptions {
    double zeta = 1; ///< >= 0; step along the gradient of the residual
    GuidanceRule guidance{};
    /// Use the variance that the model learned, where it has one.
    bool learned_variance = true;
    /// Keep what no picture could have caused in y, such as noise in holes.
    bool reference_quirks = false;
};

/// Diffusion posterior sampling of Chung et al. 2023: ancestral steps, and after each a step down the gradient of
/// the residual |y - A x0| of every member. The gradient passes through the model and through guidance, so that
/// members feel each other (Q18). restoration.md 4.5.
class Dps final : public Restorer {
public:
    /// y [1,...], shared by the set.
    Dps(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DpsOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override;

    /// [N] norms of the residuals of the latest step.
    const Tensor& residual_norms() const { return residual_norms_; }

private:
    std::shared_ptr<const SpectralOperator> op_;
    Tensor y_;
    DpsOptions options_;
    Tensor residual_norms_{};
};

} // namespace lacuna
