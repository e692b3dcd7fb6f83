// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/diffusion/denoiser.h"

namespace lacuna {

/// The exact denoiser of sum_k w_k N(mu_k, diag(v_k)). samplers.md 5.2, conditioning 5.3. All in float64; the
/// result has the dtype of the state. States [N,...] of D elements.
class DiagonalMixture final : public Denoiser {
public:
    /// weights [K], positive, of any sum; means [K,D]; variances [K] (isotropic) or [K,D], >= 0.
    DiagonalMixture(const Tensor& weights, const Tensor& means, const Tensor& variances);

    /// The posterior after y = x0 + sigma_y n was seen where keep [D] is 1; sigma_y = 0 is allowed.
    DiagonalMixture given(const Tensor& y, const Tensor& keep, double sigma_y) const;

    Tensor x0(const Tensor& x, double sigma) override;
    /// p(component | x) at sigma, [N,K] float64.
    Tensor responsibilities(const Tensor& x, double sigma) const;

private:
    DiagonalMixture() = default;

    Tensor log_weights_{}; ///< [K] float64
    Tensor means_{};       ///< [K,D] float64
    Tensor variances_{};   ///< [K,D] float64
};

/// The exact denoiser of sum_k w_k N(mu_k, Sigma_k) by Cholesky factors of Sigma_k + sigma^2 I. samplers.md 5.2.
/// For few dimensions: one evaluation needs N K D^2 numbers. All in float64.
class FullMixture final : public Denoiser {
public:
    /// weights [K]; means [K,D]; covariances [K,D,D], positive semi-definite.
    FullMixture(const Tensor& weights, const Tensor& means, const Tensor& covariances);

    /// See DiagonalMixture::given.
    FullMixture given(const Tensor& y, const Tensor& keep, double sigma_y) const;

    Tensor x0(const Tensor& x, double sigma) override;

private:
    FullMixture() = default;

    Tensor log_weights_{}; ///< [K] float64
    Tensor means_{};       ///< [K,D] float64
    Tensor covariances_{}; ///< [K,D,D] float64
};

} // namespace lacuna
