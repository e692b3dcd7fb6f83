// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "engine/diffusion/denoiser.h"

namespace lacuna {

/// Classifier-free guidance: eps = eps_u + w (eps_c - eps_u), hence the same of x0. samplers.md 1.2. Papers that
/// write eps_c + w (eps_c - eps_u) mean w + 1 here. Both denoisers must outlive it.
class ClassifierFree final : public Denoiser {
public:
    ClassifierFree(Denoiser& unconditional, Denoiser& conditional, double w)
        : unconditional_(unconditional),
          conditional_(conditional),
          w_(w)
    {
    }

    Tensor x0(const Tensor& x, double sigma) override
    {
        const Tensor plain = unconditional_.x0(x, sigma);
        return plain + w_ * (conditional_.x0(x, sigma) - plain);
    }
    void retain(const std::vector<std::int64_t>& rows) override
    {
        unconditional_.retain(rows);
        conditional_.retain(rows);
    }
    double sigma_min() const override
    {
        return std::max(unconditional_.sigma_min(), conditional_.sigma_min());
    }
    double sigma_max() const override
    {
        return std::min(unconditional_.sigma_max(), conditional_.sigma_max());
    }
    /// Both are taken to be discrete in the same way.
    double round_sigma(double sigma) const override { return conditional_.round_sigma(sigma); }

private:
    Denoiser& unconditional_;
    Denoiser& conditional_;
    double w_;
};

} // namespace lacuna
