// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/purpose.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// Where samplers get their standard normal draws from.
class NoiseSource {
public:
    virtual ~NoiseSource() = default;
    /// N(0, I) with the shape, dtype and device of x [N,...]. A pure function of its arguments.
    virtual Tensor draw(const Tensor& like, Purpose purpose, int step) = 0;
    /// See Denoiser::retain.
    virtual void retain(const std::vector<std::int64_t>& rows) = 0;
};

/// Counter-based noise: row i is a function of (seed, members[i], step, purpose, element) alone, whatever the
/// batch, the thread or the device. Drawn on the CPU in float32, then moved and cast.
class CounterNoise final : public NoiseSource {
public:
    CounterNoise(std::uint64_t seed, std::vector<int> members) : seed_(seed), members_(std::move(members)) {}
    Tensor draw(const Tensor& like, Purpose purpose, int step) override;
    void retain(const std::vector<std::int64_t>& rows) override;

private:
    std::uint64_t seed_;
    std::vector<int> members_;
};

} // namespace lacuna
