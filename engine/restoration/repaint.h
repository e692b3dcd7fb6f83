// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/restoration/set_guidance.h"

namespace lacuna {

struct RePaintOptions {
    GuidanceRule guidance{};
    /// Use the variance that the model learned, where it has one.
    bool learned_variance = true;
    /// Gradient of log p(class | x) at (x, sigma), in sigma coordinates; undefined: no class.
    std::function<Tensor(const Tensor& x, double sigma)> log_gradient{};
    /// A way up uses the variance of the level this many above the one it leaves. 1 is forward diffusion; anything
    /// else needs the levels of the process, increasing.
    int time_shift = 1;
    std::vector<double> process{};
    /// The published first step: nothing is injected (Q7).
    bool reference_quirks = false;
};

/// Inpainting of Lugmayr et al. 2022: ancestral sampling that replaces known pixels by noisy ones before the model
/// sees them, on a path with jumps (jump_times). restoration.md 4.1. The result is not pasted: known pixels of the
/// last estimate are close to the picture, not equal (Q8).
class RePaint final : public Restorer {
public:
    /// picture [1,C,H,W] in [-1,1]; keep [1,1,H,W], 1 = known.
    RePaint(Tensor picture, const Tensor& keep, RePaintOptions options = {});

    StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) override;
    Tensor rise(const Tensor& x, const Transition&, NoiseSource&) override;

private:
    Tensor picture_, known_; ///< known_ is boolean
    RePaintOptions options_;
};

} // namespace lacuna
