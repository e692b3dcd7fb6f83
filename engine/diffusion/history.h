// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/diffusion/sampler.h"

namespace lacuna {

/// The latest predictions of one path, newest first, for multistep samplers. A step that does not start where the
/// one before it ended, or whose batch has another shape, finds it empty.
class History {
public:
    /// First call of every step: forgets what does not belong to the path that reaches x [N,...] at t.from.
    void begin(const Transition& t, const Tensor& x);
    /// The prediction [N,...] made at sigma becomes the newest; at most `kept` stay.
    void remember(Tensor value, double sigma, std::size_t kept);
    /// See Denoiser::retain.
    void retain(const std::vector<std::int64_t>& rows);
    /// See Sampler::exchange.
    void exchange(StateExchange&, const Tensor& x);

    int size() const { return static_cast<int>(entries_.size()); }
    const Tensor& value(int age) const { return entries_.at(static_cast<std::size_t>(age)).value; }
    double sigma(int age) const { return entries_.at(static_cast<std::size_t>(age)).sigma; }

private:
    struct Entry {
        Tensor value;
        double sigma;
    };
    std::vector<Entry> entries_{};
    double end_ = -1; ///< where the latest step ended
};

} // namespace lacuna
