// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/core/recipe.h"
#include "engine/diffusion/correction.h"
#include "engine/diffusion/sample_run.h"
#include "engine/fill/measurement.h"
#include "engine/models/dataset_model.h"
#include "engine/restoration/methods.h"

namespace lacuna {

/// Grey pictures [N,1,h,w] as [N,3,h,w]; colour pictures as they are.
inline Tensor as_rgb(const Tensor& pictures)
{
    return pictures.expand({-1, 3, -1, -1});
}

/// What a run costs, in evaluations of the network on its whole batch.
struct RunCost {
    int forward = 0;
    int backward = 0; ///< of these, with their gradient
};

/// A set restored by a network, by any sampler with projection or by a published method. The caller owns the loop;
/// one call of next() is one transition of all members. To be used without gradients but not in inference mode,
/// because DPS differentiates.
class NetworkRun {
public:
    /// The recipe's method, sampler, schedule, steps, seed and guidance are used; `members` key the noise.
    NetworkRun(const DatasetModel&, const Recipe&, Measurement, std::vector<int> members);
    ~NetworkRun();

    bool done() const;
    void next();
    /// See SampleRun::exchange.
    void exchange(StateExchange&);
    RunCost cost() const { return cost_; }
    int forward_done() const;

    const std::vector<int>& members() const;
    const std::vector<Casualty>& casualties() const;
    /// The clean estimates so far, [alive,channels,h,w] on the device of the model, not clamped.
    const Tensor& estimates() const;
    /// The same as [alive,3,h,w] in float32 on the processor.
    Tensor pictures() const { return as_rgb(estimates().to(at::kCPU, at::kFloat)); }
    /// How far each member is from its nearest mate: what guidance looked at in the latest step, without guidance
    /// measured now. On a device the figures stay there.
    Steering distances() const;
    double bound_rms() const { return bound_rms_; } ///< of guidance, in [-1,1] units
    int at_once() const; ///< pictures that the network is given at once because memory is short; 0: all

private:
    struct Stage;
    void prepare_projection(const DatasetModel&, const Recipe&);
    void prepare_method(const DatasetModel&, const Recipe&);

    Measurement measured_;
    RunCost cost_{};
    double bound_rms_ = 0;
    Tensor region_{};             ///< where distances count; undefined: everywhere
    bool guidance_looks_ = false; ///< at those distances
    std::unique_ptr<Stage> stage_;
};

} // namespace lacuna
