// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/diffusion/heun.h"
#include "engine/guidance/particle.h"

namespace lacuna {

/// [EDM] Algorithm 2 with particle guidance of the first slope; the corrector's slope is plain, so that a corrected
/// step carries half of the push. samplers.md 4.5. Without the corrector it is the guided DDIM of Corso et al.
/// Works on any denoiser. With known pixels: put them back by a CorrectedDenoiser and set the guidance's region to
/// the unknown ones.
class GuidedHeun final : public Sampler {
public:
    explicit GuidedHeun(ParticleGuidance guidance, Churn churn = {}, bool corrector = true);

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    int evaluations(int steps) const override { return corrector_ ? 2 * steps - 1 : steps; }
    void retain(const std::vector<std::int64_t>& rows) override;
    Tensor initial(const Tensor& z, double from) const override;

    /// The sequential form: results [M,...] of earlier runs push the members of this one and stay where they are.
    void set_finished(Tensor finished) { finished_ = std::move(finished); }

private:
    ParticleGuidance guidance_;
    Churn churn_;
    bool corrector_;
    Tensor finished_{};
};

} // namespace lacuna
