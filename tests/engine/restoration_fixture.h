// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/operators/degradation.h"
#include "exact_models.h"
#include "published_runs.h"

namespace lacuna {

inline const std::vector<double>& table()
{
    static const std::vector<double> sigmas = schedule::ddpm_linear();
    return sigmas;
}

inline Tensor left_known(std::int64_t H, std::int64_t W)
{
    const Tensor keep = at::zeros({H, W}, at::kFloat);
    keep.narrow(1, 0, W / 2).fill_(1);
    return keep;
}

/// The operator of a task; inpainting knows the left half.
inline std::shared_ptr<const SpectralOperator> made(const std::string& task, int scale, std::int64_t H,
                                                    std::int64_t W)
{
    return make_operator({.task = task, .scale = scale, .keep = left_known(H, W), .seed = 3}, 3, H, W);
}

/// A method without jumps.
inline RestorationOptions with(const std::string& method, int steps)
{
    RestorationOptions options;
    options.method = method;
    options.steps = steps;
    options.jumps.jump = {1, 1};
    return options;
}

/// A whole run on counter-based noise; the final state of the members.
inline Tensor run(const RestorationOptions& options, const std::string& task,
                  const std::shared_ptr<const SpectralOperator>& op, const Tensor& y, Denoiser& denoiser,
                  const std::vector<int>& members, std::int64_t H, std::int64_t W,
                  at::ScalarType dtype = at::kDouble)
{
    const auto N = static_cast<std::int64_t>(members.size());
    Restoration restoration = make_restorer(options, task, op, y, N, table());
    CounterNoise noise(9, members);
    const Tensor z = noise.draw(at::empty({N, 3, H, W}, dtype), Purpose::Initial, 0);
    const double first = restoration.path.levels.front();
    SampleRun walk(*restoration.restorer, denoiser, noise, restoration.path.levels,
                   restoration.restorer->initial(z, first), members);
    while (!walk.done())
        walk.next();
    return walk.x();
}

inline Transition between(double from, double to)
{
    return {.from = from, .to = to, .index = 3, .last = to == 0};
}

} // namespace lacuna
