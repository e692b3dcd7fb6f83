// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "engine/diffusion/sampler.h"
#include "engine/guidance/repulsion.h"

namespace lacuna {

/// How a restorer pushes its members apart.
struct GuidanceRule {
    Repulsion repulsion{.eta = 0, .bound_rms = std::numeric_limits<double>::infinity()};
    /// [1,1,H,W] or [1,C,H,W], 1 where members are compared; undefined: everywhere.
    Tensor region{};
    /// Share of the time still ahead; undefined: remaining_time of the level that is left.
    std::function<double(const Transition&)> factor{};
    /// The first step compares whole pictures and has no bound, as the published RePaint does (Q7).
    bool first_step_unmasked = false;
};

/// What guidance did in the latest step.
struct GuidanceReport {
    Tensor before{};     ///< [N,C,H,W] estimates as guidance got them
    Steering steering{}; ///< its x0 is the steered set; mates are -1 where there was no guidance
    double factor = 0;   ///< 0: there was no guidance
};

/// Guidance with its rule and a report. It rests in the last step, where nothing follows that could make a push
/// plausible.
class SetGuidance {
public:
    explicit SetGuidance(GuidanceRule rule) : rule_(std::move(rule)) {}

    /// Differentiable in x0.
    Tensor apply(const Tensor& x0, const Transition&);
    const GuidanceReport& last() const { return last_; }
    /// See Denoiser::retain.
    void retain(const std::vector<std::int64_t>& rows);

private:
    GuidanceRule rule_;
    GuidanceReport last_{};
};

/// A sampler that restores; knows what guidance did.
class Restorer : public Sampler {
public:
    const GuidanceReport& guidance() const { return guidance_.last(); }
    void retain(const std::vector<std::int64_t>& rows) override { guidance_.retain(rows); }
    /// N(0, I) of the variance preserving process, where the methods are described.
    Tensor initial(const Tensor& z, double from) const override { return z * std::sqrt(1 + from * from); }

protected:
    explicit Restorer(GuidanceRule rule) : guidance_(std::move(rule)) {}

    SetGuidance guidance_;
};

} // namespace lacuna
