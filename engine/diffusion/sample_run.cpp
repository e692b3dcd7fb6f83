// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/sample_run.h"

#include <utility>

#include "engine/core/error.h"

namespace lacuna {

SampleRun::SampleRun(Sampler& sampler, Denoiser& denoiser, NoiseSource& noise, std::vector<double> levels,
                     Tensor x, std::vector<int> members, int first_index)
    : sampler_(sampler),
      denoiser_(denoiser),
      noise_(noise),
      levels_(std::move(levels)),
      x_(std::move(x)),
      members_(std::move(members)),
      first_index_(first_index)
{
    check(levels_.size() >= 2, "a run has at least one transition");
    check(x_.dim() > 0 && x_.size(0) == static_cast<std::int64_t>(members_.size()),
          "the state has one row for each member");
    for (std::size_t i = 1; i < levels_.size(); ++i)
        check(levels_[i] >= 0 && levels_[i] != levels_[i - 1], "neighbouring levels of a run differ");
    check(levels_[1] < levels_[0], "the first level of a run is followed by a lower one");
}

const Tensor& SampleRun::next()
{
    check(!done(), "a run that is done takes no further step");
    const auto position = static_cast<std::size_t>(position_);
    const Transition transition{.from = levels_[position],
                                .to = levels_[position + 1],
                                .index = first_index_ + position_,
                                .last = position + 2 == levels_.size()};
    if (transition.to > transition.from) {
        x_ = sampler_.rise(x_, transition, noise_);
    } else {
        const StepResult result = sampler_.step(x_, transition, denoiser_, noise_);
        x_ = result.x;
        x0_ = result.x0;
    }
    ++position_;
    drop_non_finite(transition);
    return x0_;
}

void SampleRun::drop_non_finite(const Transition& transition)
{
    const auto finite_rows = [](const Tensor& values) { return at::isfinite(values).flatten(1).all(1); };
    if (flags_.started())
        drop(std::exchange(flags_, {}).wait(), flagged_transition_);
    HostCopy finite(at::logical_and(finite_rows(x_), finite_rows(x0_)));
    if (x_.is_cpu() || done()) {
        drop(finite.wait(), transition);
    } else {
        flags_ = std::move(finite);
        flagged_transition_ = transition;
    }
}

void SampleRun::drop(const Tensor& finite, const Transition& transition)
{
    if (finite.all().item<bool>())
        return;

    std::vector<std::int64_t> rows;
    std::vector<int> survivors;
    for (std::size_t row = 0; row < members_.size(); ++row) {
        if (finite.data_ptr<bool>()[row]) {
            rows.push_back(static_cast<std::int64_t>(row));
            survivors.push_back(members_[row]);
        } else {
            casualties_.push_back(
                {.member = members_[row], .step = transition.index, .sigma = transition.from});
        }
    }
    members_ = std::move(survivors);
    const Tensor kept = at::tensor(rows, at::kLong).to(x_.device());
    x_ = x_.index_select(0, kept);
    x0_ = x0_.index_select(0, kept);
    sampler_.retain(rows);
    denoiser_.retain(rows);
    noise_.retain(rows);
}

} // namespace lacuna
