// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/set_guidance.h"

namespace lacuna {

Tensor SetGuidance::apply(const Tensor& x0, const Transition& t)
{
    const bool first = rule_.first_step_unmasked && t.index == 0;
    Repulsion repulsion = rule_.repulsion;
    if (first)
        repulsion.bound_rms = std::numeric_limits<double>::infinity();
    if (t.to <= 0)
        repulsion.eta = 0;

    const double remaining = rule_.factor ? rule_.factor(t) : remaining_time(t.from);
    Steering steering = repulsion.steer(x0, first ? Tensor() : rule_.region, remaining);
    Tensor steered = steering.x0;
    steering.x0 = steered.detach();
    last_ = {.before = x0.detach(),
             .steering = std::move(steering),
             .factor = repulsion.eta > 0 && x0.size(0) > 1 ? remaining : 0};
    return steered;
}

void SetGuidance::retain(const std::vector<std::int64_t>& rows)
{
    if (!last_.before.defined())
        return;
    last_.before = last_.before.index_select(0, at::tensor(rows, at::kLong).to(last_.before.device()));
    last_.steering = retained(last_.steering, rows);
}

} // namespace lacuna
