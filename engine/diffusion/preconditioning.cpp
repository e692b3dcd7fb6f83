// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/preconditioning.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

using std::sqrt;

/// The x0 of a prediction, as coefficients of x and of the network's output.                  samplers.md 1.1
Scaling scaling_of(Prediction prediction, double sigma, bool scale_input, double label)
{
    const double amplitude = sqrt(1 + sigma * sigma);
    const double in = scale_input ? 1 / amplitude : 1;
    switch (prediction) {
    case Prediction::Eps:
        return {.skip = 1, .out = -sigma, .in = in, .noise = label};
    case Prediction::X0:
        return {.skip = 0, .out = 1, .in = in, .noise = label};
    case Prediction::V:
        return {.skip = 1 / (amplitude * amplitude), .out = -sigma / amplitude, .in = in, .noise = label};
    }
    return {};
}

std::size_t nearest_level(const std::vector<double>& levels, double sigma)
{
    return static_cast<std::size_t>(timestep_of(levels, sigma, TimestepRule::NearestAbsolute));
}

} // namespace

Preconditioning edm_preconditioning(double sigma_data)
{
    return {.at = [sigma_data](double sigma) -> Scaling {
        const double total = sigma * sigma + sigma_data * sigma_data;
        return {.skip = sigma_data * sigma_data / total,
                .out = sigma * sigma_data / sqrt(total),
                .in = 1 / sqrt(total),
                .noise = std::log(sigma) / 4};
    }};
}

Preconditioning vp_preconditioning(schedule::VpTime time, int M)
{
    return {.at =
                [time, M](double sigma) {
                    return scaling_of(Prediction::Eps, sigma, true, (M - 1) * time.tau(sigma));
                },
            .sigma_min = time.sigma(1e-5),
            .sigma_max = time.sigma(1)};
}

Preconditioning ve_preconditioning(double sigma_min, double sigma_max)
{
    return {.at = [](double sigma) -> Scaling {
                return {.skip = 1, .out = sigma, .in = 1, .noise = std::log(sigma / 2)};
            },
            .sigma_min = sigma_min,
            .sigma_max = sigma_max};
}

Preconditioning iddpm_preconditioning(int M, double C_1, double C_2)
{
    const std::vector<double> u = schedule::iddpm_levels(M, C_1, C_2);
    return {.at =
                [u, M](double sigma) {
                    const double label = M - 1 - static_cast<double>(nearest_level(u, sigma));
                    return scaling_of(Prediction::Eps, sigma, true, label);
                },
            .sigma_min = u[u.size() - 2],
            .sigma_max = u.front(),
            .round = [u](double sigma) { return u[nearest_level(u, sigma)]; }};
}

Preconditioning continuous_preconditioning(Prediction prediction, bool scale_input)
{
    return {.at = [=](double sigma) { return scaling_of(prediction, sigma, scale_input, sigma); }};
}

Preconditioning discrete_preconditioning(std::vector<double> table, Prediction prediction, TimestepRule rule,
                                         bool snap)
{
    check(!table.empty(), "a table has at least one entry");
    const double lowest = table.front(), highest = table.back();
    const auto label = [table = std::move(table), rule](double sigma) {
        const double t =
            std::clamp(timestep_of(table, sigma, rule), 0.0, static_cast<double>(table.size() - 1));
        return std::pair{t, sigma_at(table, t)};
    };
    Preconditioning wrapped{.at =
                                [=](double sigma) {
                                    const auto [t, table_sigma] = label(sigma);
                                    return scaling_of(prediction, snap ? table_sigma : sigma, true, t);
                                },
                            .sigma_min = lowest,
                            .sigma_max = highest};
    if (snap)
        wrapped.round = [=](double sigma) { return label(sigma).second; };
    return wrapped;
}

Estimate PreconditionedDenoiser::estimate(const Tensor& x, double sigma)
{
    const Scaling c = preconditioning_.at(sigma);
    const std::int64_t channels = x.size(1);
    const Tensor output = network_((c.in * x).to(dtype_), c.noise);
    const bool learned = output.size(1) == 2 * channels;
    check(learned || output.size(1) == channels,
          "a network returns as many channels as it is given, or twice as many");
    const Tensor F = output.narrow(1, 0, channels).to(x.scalar_type());
    return {c.skip * x + c.out * F,
            learned ? output.narrow(1, channels, channels).to(x.scalar_type()) : Tensor()};
}

double PreconditionedDenoiser::round_sigma(double sigma) const
{
    return preconditioning_.round ? preconditioning_.round(sigma) : sigma;
}

} // namespace lacuna
