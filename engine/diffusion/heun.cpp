// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/heun.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/error.h"

namespace lacuna {

using std::sqrt;

double Churn::gamma(double level) const
{
    if (amount <= 0 || level < min || level > max)
        return 0;
    return std::min(amount / steps, std::numbers::sqrt2 - 1);
}

StepResult Heun::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource& noise)
{
    const double gamma = churn_.gamma(t.from);
    const double t_hat = gamma > 0 ? denoiser.round_sigma(t.from * (1 + gamma)) : t.from;
    const double added = sqrt(std::max(0.0, t_hat * t_hat - t.from * t.from)) * churn_.noise;

    // Raise the noise level for a moment.                                             [EDM] Alg. 2, lines 4-6
    const Tensor x_hat = added > 0 ? x + added * noise.draw(x, Purpose::Churn, t.index) : x;

    // Euler step from t_hat to the next level.                                        [EDM] Alg. 2, lines 7-8
    Tensor x0 = denoiser.x0(x_hat, t_hat);
    const Tensor d = (x_hat - x0) / t_hat;
    Tensor x_next = x_hat + (t.to - t_hat) * d;

    // Second-order correction, except where the slope would be divided by 0.         [EDM] Alg. 2, lines 9-11
    if (corrector_ && t.to > 0) {
        x0 = denoiser.x0(x_next, t.to);
        const Tensor d_next = (x_next - x0) / t.to;
        x_next = x_hat + (t.to - t_hat) * (0.5 * d + 0.5 * d_next);
    }
    return {x_next, x0};
}

ScaledProcess ScaledProcess::variance_preserving(schedule::VpTime time)
{
    const auto sigma = [time](double t) { return time.sigma(t); };
    const auto sigma_slope = [time](double t) {
        const double level = time.sigma(t);
        return 0.5 * (time.beta_min + time.beta_d * t) * (level + 1 / level);
    };
    const auto s = [time](double t) { return 1 / sqrt(1 + std::pow(time.sigma(t), 2)); };
    const auto s_slope = [=](double t) { return -sigma(t) * sigma_slope(t) * std::pow(s(t), 3); };
    return {
        .sigma = sigma, .sigma_slope = sigma_slope, .s = s, .s_slope = s_slope, .time = [time](double level) {
            return time.tau(level);
        }};
}

GeneralHeun::GeneralHeun(ScaledProcess process, Churn churn, double alpha, bool corrector)
    : process_(std::move(process)),
      churn_(churn),
      alpha_(alpha),
      corrector_(corrector)
{
    check(alpha_ > 0 && alpha_ <= 1, "alpha lies in (0, 1]");
}

GeneralHeun::Slope GeneralHeun::slope(const Tensor& x, double t, Denoiser& denoiser) const
{
    const double sigma = process_.sigma(t), sigma_slope = process_.sigma_slope(t);
    const double s = process_.s(t), s_slope = process_.s_slope(t);
    const Tensor x0 = denoiser.x0(x / s, sigma);
    return {(sigma_slope / sigma + s_slope / s) * x - sigma_slope * s / sigma * x0, x0};
}

StepResult GeneralHeun::step(const Tensor& x, const Transition& transition, Denoiser& denoiser,
                             NoiseSource& noise)
{
    const double t = process_.time(transition.from), t_next = process_.time(transition.to);
    const double gamma = churn_.gamma(transition.from);
    const double sigma_hat =
        gamma > 0 ? denoiser.round_sigma(transition.from * (1 + gamma)) : transition.from;
    const double t_hat = gamma > 0 ? process_.time(sigma_hat) : t;

    // Raise the noise level for a moment.                                              [EDM] Alg. 2 with s(t)
    Tensor x_hat = x;
    if (gamma > 0) {
        const double s_hat = process_.s(t_hat);
        const double added = sqrt(std::max(0.0, sigma_hat * sigma_hat - transition.from * transition.from));
        x_hat = s_hat / process_.s(t) * x
                + added * s_hat * churn_.noise * noise.draw(x, Purpose::Churn, transition.index);
    }

    // First slope; Euler where there is no second.                                    [EDM] Alg. 1, lines 4-5
    const double h = t_next - t_hat;
    const Slope first = slope(x_hat, t_hat, denoiser);
    if (!corrector_ || transition.to <= 0)
        return {x_hat + h * first.value, first.x0};

    // Second slope at the midpoint, then the weighted step.                           [EDM] Alg. 1, lines 6-8
    const Slope second = slope(x_hat + alpha_ * h * first.value, t_hat + alpha_ * h, denoiser);
    const double weight = 1 / (2 * alpha_);
    return {x_hat + h * ((1 - weight) * first.value + weight * second.value), second.x0};
}

Tensor GeneralHeun::initial(const Tensor& z, double from) const
{
    return z * (from * process_.s(process_.time(from)));
}

} // namespace lacuna
