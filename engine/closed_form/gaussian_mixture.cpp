// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/gaussian_mixture.h"

#include "engine/core/error.h"

namespace lacuna {

namespace {

Tensor as_double(const Tensor& values)
{
    return values.to(at::kDouble).contiguous();
}

/// x [N,...] as [N,1,D] float64 on the device of the model.
Tensor flat_states(const Tensor& x, const Tensor& means)
{
    check(x.dim() >= 1 && x.numel() == x.size(0) * means.size(1), "a state has as many elements as a mean");
    return x.to(means.options()).reshape({x.size(0), 1, means.size(1)});
}

/// matrices [K,D,D] times vectors [N,K,D], by sums over rows, so that a state has the same result in any batch.
Tensor apply(const Tensor& matrices, const Tensor& vectors)
{
    return (matrices.unsqueeze(0) * vectors.unsqueeze(2)).sum(-1); // [N,K,D]
}

/// Inverse L^-1 of the Cholesky factors of S [K,D,D], and ln det S [K].
struct Whitening {
    Tensor inverse_factor, log_det;
};

Whitening whiten(const Tensor& S)
{
    const Tensor L = at::linalg_cholesky(S);
    const Tensor identity = at::eye(S.size(1), S.options()).expand_as(S);
    return {at::linalg_solve_triangular(L, identity, /*upper=*/false),
            2 * at::log(L.diagonal(0, -2, -1)).sum(-1)};
}

Tensor known_indices(const Tensor& keep)
{
    return (keep.reshape({-1}) > 0.5).nonzero().squeeze(1);
}

} // namespace

DiagonalMixture::DiagonalMixture(const Tensor& weights, const Tensor& means, const Tensor& variances)
    : log_weights_(at::log(as_double(weights))),
      means_(as_double(means).reshape({means.size(0), -1}))
{
    const Tensor v = as_double(variances).reshape({means.size(0), -1});
    variances_ = v.expand_as(means_).contiguous();
    check(log_weights_.numel() == means_.size(0), "a mixture has one weight for each mean");
}

DiagonalMixture DiagonalMixture::given(const Tensor& y, const Tensor& keep, double sigma_y) const
{
    const Tensor known = (keep.reshape({-1}) > 0.5).to(means_.device());
    const Tensor measured =
        at::where(known, as_double(y.to(means_.device())).reshape({-1}), at::zeros_like(means_[0]));
    const double noise = sigma_y * sigma_y;

    // What the measurement says about each component: w'_k ~ w_k N(y; mu_k, v_k + sigma_y^2).
    const Tensor spread = at::where(known, variances_ + noise, at::ones_like(variances_));
    check((spread > 0).all().item<bool>(), "a known coordinate has variance or measurement noise");
    const Tensor off = at::where(known, measured - means_, at::zeros_like(means_));
    const Tensor evidence = -0.5 * (at::log(spread) + off.square() / spread).sum(1);

    // Every known coordinate moves towards y by the share of its own variance.
    DiagonalMixture posterior;
    posterior.log_weights_ = (log_weights_ + evidence).log_softmax(0);
    posterior.means_ = means_ + variances_ / spread * off;
    posterior.variances_ = at::where(known, variances_ * noise / spread, variances_);
    return posterior;
}

Tensor DiagonalMixture::responsibilities(const Tensor& x, double sigma) const
{
    check(sigma > 0, "a denoiser is evaluated at sigma > 0");
    const Tensor spread = variances_ + sigma * sigma;
    const Tensor squares = ((flat_states(x, means_) - means_).square() / spread).sum(-1); // [N,K]
    return (log_weights_ - 0.5 * (at::log(spread).sum(-1) + squares)).softmax(1);
}

Tensor DiagonalMixture::x0(const Tensor& x, double sigma)
{
    const Tensor r = responsibilities(x, sigma).unsqueeze(2); // [N,K,1]
    const double noise = sigma * sigma;
    const Tensor means =
        (variances_ * flat_states(x, means_) + noise * means_) / (variances_ + noise); // [N,K,D]
    return (r * means).sum(1).to(x.options()).reshape(x.sizes());
}

FullMixture::FullMixture(const Tensor& weights, const Tensor& means, const Tensor& covariances)
    : log_weights_(at::log(as_double(weights))),
      means_(as_double(means)),
      covariances_(as_double(covariances))
{
    check(means_.dim() == 2 && log_weights_.numel() == means_.size(0),
          "a mixture has one weight for each mean");
    check(covariances_.dim() == 3 && covariances_.size(0) == means_.size(0)
              && covariances_.size(1) == means_.size(1) && covariances_.size(2) == means_.size(1),
          "a mixture has one square covariance for each mean");
}

FullMixture FullMixture::given(const Tensor& y, const Tensor& keep, double sigma_y) const
{
    const Tensor known = known_indices(keep.to(means_.device()));
    FullMixture posterior = *this;
    if (known.numel() == 0)
        return posterior;

    // S = A Sigma A^T + sigma_y^2 I on the known coordinates.                                 samplers.md 5.3
    const Tensor cross = covariances_.index_select(2, known); // Sigma A^T [K,D,m]
    const Tensor inner = cross.index_select(1, known);        // A Sigma A^T [K,m,m]
    const Tensor S = inner + sigma_y * sigma_y * at::eye(known.numel(), inner.options());
    const Whitening w = whiten(S);
    const Tensor measured = as_double(y.to(means_.device())).reshape({-1}).index_select(0, known);
    const Tensor off =
        at::matmul(w.inverse_factor, (measured - means_.index_select(1, known)).unsqueeze(2)); // [K,m,1]

    // Sigma A^T S^-1 = (Sigma A^T L^-T) L^-1.
    const Tensor gain = at::matmul(cross, w.inverse_factor.transpose(1, 2)); // [K,D,m]
    posterior.log_weights_ = (log_weights_ - 0.5 * (w.log_det + off.square().sum({1, 2}))).log_softmax(0);
    posterior.means_ = means_ + at::matmul(gain, off).squeeze(2);
    posterior.covariances_ = covariances_ - at::matmul(gain, gain.transpose(1, 2));
    return posterior;
}

Tensor FullMixture::x0(const Tensor& x, double sigma)
{
    check(sigma > 0, "a denoiser is evaluated at sigma > 0");
    const Tensor S = covariances_ + sigma * sigma * at::eye(means_.size(1), means_.options());
    const Whitening w = whiten(S);
    const Tensor off = flat_states(x, means_) - means_; // [N,K,D]
    const Tensor white = apply(w.inverse_factor, off);  // L^-1 (x - mu)
    const Tensor r = (log_weights_ - 0.5 * (w.log_det + white.square().sum(-1))).softmax(1).unsqueeze(2);

    // Sigma_k S_k^-1 (x - mu_k), in this form because x - sigma^2 S_k^-1 x loses digits at large sigma.
    const Tensor gain =
        at::matmul(at::matmul(covariances_, w.inverse_factor.transpose(1, 2)), w.inverse_factor);
    return (r * (means_ + apply(gain, off))).sum(1).to(x.options()).reshape(x.sizes());
}

} // namespace lacuna
