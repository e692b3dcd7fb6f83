// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"
#include "engine/diffusion/noise.h"

namespace lacuna {

/// From one noise level to a lower one; `index` counts the steps of the run from 0 and keys the noise.
struct Transition {
    double from = 0;
    double to = 0;
    int index = 0;
    bool last = false;
};

struct StepResult {
    Tensor x;  ///< [N,...] at the new level
    Tensor x0; ///< [N,...] the clean estimate of this step
};

/// One reverse transition; the caller owns the loop (SampleRun). State in the dtype of x (float64 for laws and
/// golden data, float32 for pictures).
class Sampler {
public:
    virtual ~Sampler() = default;
    virtual StepResult step(const Tensor& x, const Transition&, Denoiser&, NoiseSource&) = 0;
    /// Denoiser evaluations of a run of `steps` transitions.
    virtual int evaluations(int steps) const { return steps; }
    /// Drop history of rows that left the batch, see Denoiser::retain.
    virtual void retain(const std::vector<std::int64_t>& /*rows*/) {}
    /// The initial state for unit noise z at the first level of the path.
    virtual Tensor initial(const Tensor& z, double from) const { return z * from; }
};

} // namespace lacuna
