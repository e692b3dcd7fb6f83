// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/multistep.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/adams_bashforth.h"

namespace lacuna {

using std::exp;
using std::log;

StepResult DpmSolver2M::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate the clean image; the last one is the result.
    history_.begin(t, x);
    const Tensor m = denoiser.x0(x, t.from);
    if (t.to <= 0)
        return {m, m};
    const double h = log(t.from / t.to); // lambda = -ln sigma

    // Extrapolate the estimate to the middle of the step.                       Lu et al. 2022, Alg. 2, line 8
    Tensor D = m;
    if (history_.size() > 0 && !(t.last && options_.lower_order_final)) {
        const double r = log(history_.sigma(0) / t.from) / h;
        D = m + 1 / (2 * r) * (m - history_.value(0));
    }
    history_.remember(m, t.from, 1);

    // Exact step for a constant estimate.                                       Lu et al. 2022, Alg. 2, line 9
    return {t.to / t.from * x - std::expm1(-h) * D, m};
}

StepResult UniPc2::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate at this level, unless the corrector has already made it.
    history_.begin(t, x);
    if (history_.size() == 0)
        history_.remember(denoiser.x0(x, t.from), t.from, 2);
    const Tensor m = history_.value(0);
    if (t.to <= 0)
        return {m, m};

    const double h = log(t.from / t.to);
    const double phi = std::expm1(-h);
    const double B = variant_ == UniPcVariant::Bh2 ? phi : -h;
    const bool second_order = history_.size() > 1 && !t.last;

    // First-order step.                                                        Zhao et al. 2023, Alg. 8, line 3
    const Tensor x_bar = t.to / t.from * x - phi * m;
    double r = 0;
    Tensor D1;
    if (second_order) {
        r = -log(history_.sigma(1) / t.from) / h;
        D1 = (history_.value(1) - m) / r;
    }

    // Predictor.                                                               Zhao et al. 2023, Alg. 8 (UniP)
    const Tensor predicted = second_order ? x_bar - 0.5 * B * D1 : x_bar;
    if (t.last)
        return {predicted, m};

    // Corrector with the estimate at the predicted state.                      Zhao et al. 2023, Alg. 7 (UniC)
    const Tensor m_next = denoiser.x0(predicted, t.to);
    Tensor corrected = x_bar - 0.5 * B * (m_next - m);
    if (second_order) {
        const double phi_1 = phi / -h - 1;
        const double b1 = phi_1 / B, b2 = 2 * (phi_1 / -h - 0.5) / B;
        const double rho_1 = (b1 - b2) / (1 - r), rho_2 = b1 - rho_1;
        corrected = x_bar - B * (rho_1 * D1 + rho_2 * (m_next - m));
    }
    history_.remember(m_next, t.to, 2);
    return {corrected, m_next};
}

Deis::Deis(DeisOptions options)
    : options_(options),
      time_(schedule::VpTime::fitted(options.sigma_min, options.sigma_max, options.epsilon_s))
{
    check(options_.order >= 1 && options_.order <= 4, "the order of DEIS is 1 to 4");
}

double Deis::variable(double sigma) const
{
    switch (options_.basis) {
    case DeisBasis::LogSigma:
        return log(sigma);
    case DeisBasis::Sigma:
        return sigma;
    case DeisBasis::VpTime:
        return time_.tau(sigma);
    }
    return sigma;
}

std::vector<double> Deis::coefficients(const std::vector<double>& nodes, double to) const
{
    std::vector<double> u;
    for (const double node : nodes)
        u.push_back(variable(node));
    const auto lagrange = [&](std::size_t j, double at) {
        double product = 1;
        for (std::size_t k = 0; k < u.size(); ++k)
            if (k != j)
                product *= (at - u[k]) / (u[j] - u[k]);
        return product;
    };

    // Simpson's rule in s = ln sigma, d sigma = sigma ds: smooth for every basis.
    constexpr int intervals = 1000;
    const double begin = log(nodes.front()), stride = (log(to) - begin) / intervals;
    std::vector<double> C(nodes.size(), 0);
    for (int i = 0; i <= intervals; ++i) {
        const double sigma = exp(begin + i * stride), at = variable(sigma);
        const double weight = (i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2) * stride / 3;
        for (std::size_t j = 0; j < C.size(); ++j)
            C[j] += weight * lagrange(j, at) * sigma;
    }
    return C;
}

StepResult Deis::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate the clean image and the noise in x.
    history_.begin(t, x);
    const Tensor x0 = denoiser.x0(x, t.from);
    history_.remember((x - x0) / t.from, t.from, static_cast<std::size_t>(options_.order));
    if (t.to <= 0)
        return {x0, x0};

    // Integrate the polynomial through the latest eps.                          Zhang & Chen 2023, eq. 14, 15
    int order = history_.size();
    if (options_.lower_order_final_of > 0)
        order = std::min(order, std::max(1, options_.lower_order_final_of - t.index));
    std::vector<double> nodes;
    for (int j = 0; j < order; ++j)
        nodes.push_back(history_.sigma(j));
    const std::vector<double> C = coefficients(nodes, t.to);
    Tensor x_next = x;
    for (int j = 0; j < order; ++j)
        x_next = x_next + C[static_cast<std::size_t>(j)] * history_.value(j);
    return {x_next, x0};
}

Ipndm::Ipndm(int max_order) : max_order_(max_order)
{
    check(max_order_ >= 1 && max_order_ <= 4, "the order of iPNDM is 1 to 4");
}

StepResult Ipndm::step(const Tensor& x, const Transition& t, Denoiser& denoiser, NoiseSource&)
{
    // Estimate the clean image and the noise in x.
    history_.begin(t, x);
    const Tensor x0 = denoiser.x0(x, t.from);
    history_.remember((x - x0) / t.from, t.from, static_cast<std::size_t>(max_order_));
    if (t.to <= 0)
        return {x0, x0};

    // Euler step along the combined eps.
    return {x + (t.to - t.from) * adams_bashforth(history_), x0};
}

} // namespace lacuna
