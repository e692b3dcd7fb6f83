// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/ddrm.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

using std::sqrt;

namespace {

Tensor quotient(const Tensor& numerator, const Tensor& s)
{
    return at::where(s > 0, numerator / s, at::zeros({}, s.options()));
}

} // namespace

Ddrm::Ddrm(std::shared_ptr<const SpectralOperator> op, const Tensor& y, DdrmOptions options)
    : Restorer(options.guidance),
      op_(std::move(op)),
      options_(std::move(options)),
      y_(y)
{
    check(options_.eta >= 0 && options_.eta <= 1 && options_.eta_b >= 0 && options_.eta_b <= 1,
          "the shares of DDRM lie in [0, 1]");
    const Tensor Y = op_->A_pinv(y.to(at::kDouble));
    s_ = op_->singular_values();
    s_ = at::constant_pad_nd(s_, {0, Y[0].numel() - s_.numel()}).to(y.device());
    Y_ = at::where(s_ > 0, op_->Vt(Y), at::zeros({}, s_.options()));
    deviation_ = quotient(at::full({}, options_.sigma_y, s_.options()), s_);
}

Tensor Ddrm::initial(const Tensor& z, double from) const
{
    const bool quirks = options_.reference_quirks;
    const Tensor n = quirks ? z.flatten(1) : op_->Vt(z);
    const Tensor usable = (s_ * from > options_.sigma_y).to(z.device());
    const Tensor rest = (from * from - deviation_.square()).clamp_min(0).sqrt().to(z.options());

    // Observed components start around the measurement, the others from noise.                   [DDRM] eq. 7
    const Tensor x = op_->V(at::where(usable, Y_.to(z.options()) + rest * n, from * n));
    return quirks ? x * (sqrt(1 + from * from) / from) : x;
}

Tensor Ddrm::spectral_noise(const Tensor& x, const Transition& t, NoiseSource& noise) const
{
    if (!options_.reference_quirks)
        return op_->Vt(noise.draw(x, Purpose::Step, t.index));

    // Three draws in the basis of the decomposition, each used for some of the components.
    const std::int64_t m = op_->singular_values().numel();
    const Tensor observed_s = s_.narrow(0, 0, m);
    const Tensor all = noise.draw(x.flatten(1), Purpose::Step, t.index);
    const Tensor after = at::nonzero(observed_s * t.to < options_.sigma_y).flatten().to(x.device());
    const Tensor before = at::nonzero(observed_s * t.to > options_.sigma_y).flatten().to(x.device());
    const Tensor smoothed = noise.draw(x.new_empty({x.size(0), after.numel()}), Purpose::Smoothed, t.index);
    const Tensor observed = noise.draw(x.new_empty({x.size(0), m}), Purpose::Observed, t.index);
    return all.index_copy(1, after, smoothed).index_copy(1, before, observed.index_select(1, before));
}

StepResult Ddrm::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double sigma = t.to, sigma_y = options_.sigma_y;
    const double eta = options_.eta, eta_b = options_.eta_b;
    const double kept = sigma * sqrt(1 - eta * eta), fresh = sigma * eta;

    // Estimate the clean image, and spread the set.
    const Tensor x0 = denoiser.x0(x, t.from);
    const Tensor guided = guidance_.apply(x0, t);
    if (sigma <= 0) {
        const bool project = sigma_y <= 0 && !options_.reference_quirks;
        const Tensor x_clean = project ? x0 - op_->A_pinv(op_->A(x0) - y_.to(x.options())) : x0;
        return {x_clean, x_clean};
    }
    const Tensor X = op_->Vt(x0), Y = Y_.to(x.options()), s = s_.to(x.options());
    const Tensor n = spectral_noise(x, t, noise);

    // Not observed: as DDIM, with the guided estimate and its noise.                          [DDRM] eq. 8
    const Tensor X_guided = op_->Vt(guided);
    Tensor w = X_guided + kept * (op_->Vt(x) - X_guided) / t.from + fresh * n;

    // Measured with more noise than the next level has: towards the measurement.              [DDRM] eq. 8
    const Tensor after = at::logical_and(s_ > 0, s_ * sigma < sigma_y).to(x.device());
    if (sigma_y > 0)
        w = at::where(after, X + kept * s * (Y - X) / sigma_y + fresh * n, w);

    // Measured with less: the measurement itself, with noise up to the next level.            [DDRM] eq. 8
    const Tensor before = at::logical_and(s_ > 0, s_ * sigma > sigma_y).to(x.device());
    const Tensor rest = (sigma * sigma - (eta_b * deviation_).square()).clamp_min(0).sqrt().to(x.options());
    w = at::where(before, eta_b * Y + (1 - eta_b) * X + rest * n, w);
    return {op_->V(w), guided};
}

} // namespace lacuna
