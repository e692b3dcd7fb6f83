// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/ddnm_plus.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

using std::sqrt;

DdnmPlus::DdnmPlus(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DdnmPlusOptions options)
    : Restorer(options.guidance),
      op_(std::move(op)),
      y_(y),
      options_(std::move(options))
{
    check(options_.eta >= 0 && options_.eta <= 1, "the eta of DDNM lies in [0, 1]");
    const Tensor s = op_->singular_values();
    const std::int64_t n = op_->A_pinv(y_.to(at::kDouble))[0].numel();
    const Tensor observed = at::where(s > 0, options_.sigma_y / s, at::zeros_like(s));
    deviation_ = at::constant_pad_nd(observed, {0, n - s.numel()}).to(y.device());
}

/// Replaces the observed part as far as the noise of the measurement allows at this level.
Tensor DdnmPlus::noisy_projection(const Tensor& x0, double sigma) const
{
    const double kept = sigma * sqrt(1 - options_.eta * options_.eta);
    const Tensor correction = op_->A_pinv(op_->A(x0) - y_.to(x0.options()));
    if (options_.sigma_y <= 0)
        return x0 - correction;
    const Tensor one = at::ones({}, deviation_.options());
    const Tensor lambda = at::where(deviation_ > sigma, kept / deviation_, one);
    return x0 - op_->V(lambda.to(x0.options()) * op_->Vt(correction));
}

/// Noise of the next level, less what the measurement brought in.
Tensor DdnmPlus::noisy_spread(const Tensor& eps, const Tensor& n, double sigma) const
{
    const double eta = options_.eta;
    const auto constant = [&](double value) { return at::full({}, value, deviation_.options()); };
    const Tensor limited = deviation_ > sigma;
    const Tensor measured = at::logical_and(deviation_ > 0, deviation_ < sigma);
    const Tensor rest = (sigma * sigma - deviation_.square()).clamp_min(0).sqrt();
    const Tensor d1 = at::where(measured, rest, constant(sigma * eta)).to(eps.options());
    const Tensor d2 =
        at::where(at::logical_or(measured, limited), constant(0), constant(sigma * sqrt(1 - eta * eta)))
            .to(eps.options());
    const auto spectral = [&](const Tensor& x) {
        return options_.reference_quirks ? op_->arranged(x) : op_->Vt(x);
    };
    return op_->V(d1 * spectral(n) + d2 * spectral(eps));
}

StepResult DdnmPlus::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double eta = options_.eta;

    // Estimate the clean image.                                                                 [DDNM] eq. 12
    const Tensor x0 = denoiser.x0(x, t.from);
    const Tensor eps = (x - x0) / t.from;

    // Spread the set, then replace what was measured.                                       [DDNM] eq. 13, 17
    const Tensor guided = guidance_.apply(x0, t);
    if (options_.reference_quirks)
        unprojected_ = guided;
    const Tensor x0_hat = noisy_projection(guided, t.to);
    if (t.to <= 0)
        return {x0_hat, x0_hat};

    // Go to the next noise level with fresh noise and the noise that was estimated.         [DDNM] eq. 14, 19
    const Tensor n = noise.draw(x, Purpose::Step, t.index);
    if (options_.sigma_y > 0)
        return {x0_hat + noisy_spread(eps, n, t.to), x0_hat};
    return {x0_hat + t.to * (eta * n + sqrt(1 - eta * eta) * eps), x0_hat};
}

Tensor DdnmPlus::rise(const Tensor& x, const Transition& t, NoiseSource& noise)
{
    if (!options_.reference_quirks)
        return Sampler::rise(x, t, noise);
    return unprojected_ + t.to * noise.draw(x, Purpose::Travel, t.index);
}

void DdnmPlus::exchange(StateExchange& state, const Tensor& x)
{
    state.tensor("unprojected", unprojected_, x);
}

void DdnmPlus::retain(const std::vector<std::int64_t>& rows)
{
    Restorer::retain(rows);
    if (unprojected_.defined())
        unprojected_ = unprojected_.index_select(0, at::tensor(rows, at::kLong).to(unprojected_.device()));
}

} // namespace lacuna
