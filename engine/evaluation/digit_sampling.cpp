// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/digit_sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "engine/diffusion/guided_heun.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"

namespace lacuna {

Tensor state_of_frame(const Picture& grey)
{
    const Tensor bytes = at::from_blob(const_cast<std::uint8_t*>(grey.bytes->data()),
                                       {1, 1, grey.height, grey.width}, at::kByte);
    return bytes.to(at::kFloat) / 127.5 - 1;
}

namespace {

/// Along one dimension.
Tensor moved_along(const Tensor& frame, std::int64_t dimension, int by)
{
    Tensor result = at::full_like(frame, -1);
    const std::int64_t kept = frame.size(dimension) - std::abs(by);
    result.narrow(dimension, std::max(by, 0), kept).copy_(frame.narrow(dimension, std::max(-by, 0), kept));
    return result;
}

} // namespace

Tensor moved_frame(const Tensor& frame, int right, int down)
{
    return moved_along(moved_along(frame, 3, right), 2, down);
}

Tensor sample_digits(Denoiser& denoiser, const DigitSampling& options, const std::vector<int>& members)
{
    const std::vector<double> levels = schedule::edm(options.steps, std::max(0.002, denoiser.sigma_min()),
                                                     std::min(80.0, denoiser.sigma_max()));
    const Churn churn{.amount = options.churn, .steps = options.steps};
    std::unique_ptr<Sampler> sampler = std::make_unique<Heun>(churn);
    if (options.strength > 0) {
        ParticleGuidance guidance{.strength = options.strength};
        guidance.kernel.kernel = Kernel::Euclidean;
        guidance.point = KernelPoint::Denoised;
        guidance.space = KernelSpace::UnitRange;
        guidance.from_sigma = 0;
        guidance.cap = std::numeric_limits<double>::infinity();
        sampler = std::make_unique<GuidedHeun>(guidance, churn);
    }
    CounterNoise noise(options.seed, members);
    const Tensor z = noise.draw(at::empty({std::int64_t(members.size()), 1, 32, 32}), Purpose::Initial, 0);
    SampleRun run(*sampler, denoiser, noise, levels, sampler->initial(z, levels.front()), members);
    while (!run.done())
        run.next();
    return run.x();
}

} // namespace lacuna
