// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/diffusion/sampler.h"

namespace lacuna {

/// The measure of disagreement with the known pixels, for each member alone.
enum class DpsLoss {
    SquaredNorm, ///< |keep (y - x0)|^2
    Norm,        ///< its root
};

struct DpsOptions {
    double xi = 0.3; ///< step along the gradient, not negative
    DpsLoss loss = DpsLoss::SquaredNorm;
};

/// Diffusion posterior sampling with a deterministic sampler: a DDIM step, then against the gradient of the loss with
/// respect to the state before the step, through the denoiser. samplers.md 3.4.
///
/// The denoiser must be differentiable by ATen's autograd with respect to x, and row i of its result may depend on
/// row i of x only. The caller may be in any gradient mode and in InferenceMode; tensors that the denoiser owns must
/// have been made outside of InferenceMode. One call and one backward pass a step.
class DeterministicDps final : public Sampler {
public:
    /// known [1 or N,...] and keep [1,...], 1 = known, broadcast to the state.
    DeterministicDps(Tensor known, Tensor keep, DpsOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    void retain(const std::vector<std::int64_t>& rows) override;

private:
    Tensor known_, keep_;
    DpsOptions options_;
};

} // namespace lacuna
