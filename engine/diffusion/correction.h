// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"
#include "engine/guidance/repulsion.h"

namespace lacuna {

/// What is done to a set of clean estimates before it is used: first the members are pushed apart, then the known
/// pixels are put back: x0 <- keep known + (1 - keep) steer(x0).
class Correction {
public:
    /// known [1,C,H,W] (or one row a member); keep [1,1,H,W] or [1,C,H,W], 1 = known. The region of guidance is
    /// what is not kept. Both undefined: nothing is known, and guidance acts everywhere.
    /// `region` [1,C,H,W] overrides where distances count.
    explicit Correction(Repulsion repulsion, Tensor known = {}, Tensor keep = {}, Tensor region = {});

    /// x0 [N,C,H,W] estimated at sigma; the corrected estimates.
    Tensor apply(const Tensor& x0, double sigma);
    /// What guidance did in the latest call of apply; its x0 is not yet projected.
    const Steering& last() const { return last_; }
    /// See Denoiser::retain.
    void retain(const std::vector<std::int64_t>& rows);

private:
    Repulsion repulsion_;
    Tensor known_, keep_, region_;
    Steering last_{};
};

/// Makes any sampler work on corrected estimates. The denoiser and the correction must outlive it.
class CorrectedDenoiser final : public Denoiser {
public:
    CorrectedDenoiser(Denoiser& denoiser, Correction& correction)
        : denoiser_(denoiser),
          correction_(correction)
    {
    }

    Tensor x0(const Tensor& x, double sigma) override
    {
        return correction_.apply(denoiser_.x0(x, sigma), sigma);
    }
    void retain(const std::vector<std::int64_t>& rows) override;
    double sigma_min() const override { return denoiser_.sigma_min(); }
    double sigma_max() const override { return denoiser_.sigma_max(); }
    double round_sigma(double sigma) const override { return denoiser_.round_sigma(sigma); }

private:
    Denoiser& denoiser_;
    Correction& correction_;
};

} // namespace lacuna
