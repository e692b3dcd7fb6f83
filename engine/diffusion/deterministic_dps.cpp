// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/deterministic_dps.h"

// clang-format off
#include "engine/core/tensor.h"
#include <torch/csrc/autograd/autograd.h>

#include <c10/core/GradMode.h>
// clang-format on

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// A copy that may take part in autograd, whatever mode it was made in.
Tensor normal_copy(const Tensor& values)
{
    const c10::InferenceMode normal(false);
    return values.clone().detach();
}

/// Sum over all but the first dimension, [N,1,...].
Tensor row_sums(const Tensor& values)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(values.dim()), 1);
    shape.front() = values.size(0);
    return values.flatten(1).sum(1).reshape(shape);
}

} // namespace

DeterministicDps::DeterministicDps(Tensor known, Tensor keep, DpsOptions options)
    : known_(normal_copy(known)),
      keep_(normal_copy(keep)),
      options_(options)
{
    check(options_.xi >= 0, "the step of DPS is not negative");
    // What is not known may be anything, even not finite.
    known_ = at::where((keep_ > 0.5).expand_as(known_), known_, at::zeros_like(known_));
}

StepResult DeterministicDps::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    const c10::InferenceMode normal(false);
    const c10::AutoGradMode with_gradient(true);

    // Estimate the clean image and the noise, remembering how they came from x.
    const Tensor state = normal_copy(x).requires_grad_(true);
    const Tensor x0 = denoiser.x0(state, t.from);
    const Tensor difference = keep_.to(x.options()) * (known_.to(x.options()) - x0);
    const Tensor squared = row_sums(difference.square());
    const Tensor gradient = torch::autograd::grad({squared.sum()}, {state}).front();

    // DDIM step.
    const Tensor estimate = x0.detach();
    const Tensor x_next = estimate + t.to / t.from * (state.detach() - estimate);

    // Against the gradient of the loss; grad sqrt(L) = grad L / (2 sqrt(L)), and 0 where L is 0.
    Tensor slope = gradient;
    if (options_.loss == DpsLoss::Norm) {
        const Tensor norm = squared.detach().sqrt();
        slope = at::where(norm > 0, gradient / (2 * norm), at::zeros_like(gradient));
    }
    return {x_next - options_.xi * slope, estimate};
}

void DeterministicDps::retain(const std::vector<std::int64_t>& rows)
{
    if (known_.size(0) > 1)
        known_ = known_.index_select(0, at::tensor(rows, at::kLong).to(known_.device()));
}

} // namespace lacuna
