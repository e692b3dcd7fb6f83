// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/sample_run.h"

#include <algorithm>
#include <functional>
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
    keep_rows(rows);
}

void SampleRun::keep_rows(const std::vector<std::int64_t>& rows)
{
    const Tensor kept = at::tensor(rows, at::kLong).to(x_.device());
    x_ = x_.index_select(0, kept);
    if (x0_.defined())
        x0_ = x0_.index_select(0, kept);
    sampler_.retain(rows);
    denoiser_.retain(rows);
    noise_.retain(rows);
}

void SampleRun::exchange(StateExchange& state)
{
    const std::vector<int> all = members_;
    state.numbers("members", members_, all.size());
    if (state.restoring()) {
        std::vector<std::int64_t> rows;
        for (const int member : members_)
            rows.push_back(std::find(all.begin(), all.end(), member) - all.begin());
        if (rows.empty() || std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) != rows.end()
            || rows.back() >= static_cast<std::int64_t>(all.size()))
            StateExchange::refuse("members");
        if (rows.size() < all.size())
            keep_rows(rows);
    }
    lacuna::exchange(state, "lost", casualties_);
    state.number("position", position_, 1, static_cast<int>(levels_.size()) - 1);
    const Tensor like = x_;
    state.tensor("x", x_, like);
    state.tensor("x0", x0_, like);
    if (!x_.defined() || !x0_.defined())
        StateExchange::refuse("x");
    sampler_.exchange(state, like);
}

void exchange(StateExchange& state, const std::string& name, std::vector<Casualty>& casualties)
{
    constexpr std::size_t most = 64; // members of a run
    std::vector<int> members, steps;
    std::vector<double> levels;
    for (const Casualty& casualty : casualties) {
        members.push_back(casualty.member);
        steps.push_back(casualty.step);
        levels.push_back(casualty.sigma);
    }
    state.numbers(name + ".members", members, most);
    state.numbers(name + ".steps", steps, most);
    state.numbers(name + ".levels", levels, most);
    if (steps.size() != members.size() || levels.size() != members.size())
        StateExchange::refuse(name);
    casualties.clear();
    for (std::size_t i = 0; i < members.size(); ++i)
        casualties.push_back({.member = members[i], .step = steps[i], .sigma = levels[i]});
}

} // namespace lacuna
