// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"
#include "engine/diffusion/noise.h"
#include "engine/diffusion/state_exchange.h"

namespace lacuna {

/// From one noise level to another one, a lower one unless the run goes back (time travel); `index` counts the steps of the run from 0 and keys the noise.
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
    /// The state at a higher level, to > from: forward diffusion unless a method says otherwise.
    virtual Tensor rise(const Tensor& x, const Transition& t, NoiseSource& noise)
    {
        return x + std::sqrt(t.to * t.to - t.from * t.from) * noise.draw(x, Purpose::Travel, t.index);
    }
    /// Denoiser evaluations of a run of `steps` transitions.
    virtual int evaluations(int steps) const { return steps; }
    /// Drop history of rows that left the batch, see Denoiser::retain.
    virtual void retain(const std::vector<std::int64_t>& /*rows*/) {}
    /// What later steps need of earlier ones besides the state x.
    virtual void exchange(StateExchange&, const Tensor& /*x*/) {}
    /// The initial state for unit noise z at the first level of the path.
    virtual Tensor initial(const Tensor& z, double from) const { return z * from; }
};

} // namespace lacuna
