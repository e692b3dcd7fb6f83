// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// What a draw is for; part of the key, so that one use never shifts another.
enum class Purpose : std::uint32_t {
    Initial = 0,
    Step = 1,
    Churn = 2,
    Level = 3,
    Search = 4,
    Selection = 5,
    Known = 6,       ///< on known pixels (RePaint)
    Travel = 7,      ///< going back up
    Measurement = 8, ///< of the degradation
    Smoothed = 9,    ///< spectral components less noisy than the measurement (DDRM)
    Observed = 10,   ///< spectral components noisier than the measurement (DDRM)
    Unused = 11,     ///< drawn by a published method and not used
};

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
