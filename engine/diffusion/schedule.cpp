// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/error.h"

namespace lacuna::schedule {

namespace {

/// Point i of `count` evenly spaced ones; the last is exactly `last`.
double evenly(double first, double last, int i, int count)
{
    if (count > 1 && i == count - 1)
        return last;
    return count > 1 ? first + (last - first) * i / (count - 1) : first;
}

template <typename Value> std::vector<double> tabulate(int count, Value&& value)
{
    check(count > 0, "a schedule has at least one entry");
    std::vector<double> values(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        values[static_cast<std::size_t>(i)] = value(i);
    return values;
}

std::vector<double> then_zero(std::vector<double> levels)
{
    levels.push_back(0);
    return levels;
}

} // namespace

std::vector<double> linear_betas(int T, double beta_first, double beta_last)
{
    return tabulate(T, [&](int i) { return evenly(beta_first, beta_last, i, T); });
}

std::vector<double> scaled_linear_betas(int T, double beta_first, double beta_last)
{
    const double first = std::sqrt(beta_first), last = std::sqrt(beta_last);
    return tabulate(T, [&](int i) { return std::pow(evenly(first, last, i, T), 2); });
}

std::vector<double> sigmoid_betas(int T, double beta_first, double beta_last)
{
    return tabulate(T, [&](int i) {
        return beta_first + (beta_last - beta_first) / (1 + std::exp(-evenly(-6, 6, i, T)));
    });
}

std::vector<double> cosine_betas(int T, double max_beta)
{
    const auto a = [](double t) { return std::pow(std::cos((t + 0.008) / 1.008 * std::numbers::pi / 2), 2); };
    return tabulate(T, [&](int i) { return std::min(1 - a((i + 1.0) / T) / a(double(i) / T), max_beta); });
}

std::vector<double> cumulative_alphas(const std::vector<double>& betas)
{
    std::vector<double> abar;
    abar.reserve(betas.size());
    double product = 1;
    for (const double beta : betas)
        abar.push_back(product *= 1 - beta);
    return abar;
}

std::vector<double> sigmas_of(const std::vector<double>& abar)
{
    std::vector<double> sigmas;
    sigmas.reserve(abar.size());
    for (const double value : abar)
        sigmas.push_back(std::sqrt((1 - value) / value));
    return sigmas;
}

std::vector<double> ddpm_linear(int T, double beta_first, double beta_last)
{
    return sigmas_of(cumulative_alphas(linear_betas(T, beta_first, beta_last)));
}

std::vector<double> ldm(int T, double beta_first, double beta_last)
{
    return sigmas_of(cumulative_alphas(scaled_linear_betas(T, beta_first, beta_last)));
}

std::vector<double> sigmoid(int T, double beta_first, double beta_last)
{
    return sigmas_of(cumulative_alphas(sigmoid_betas(T, beta_first, beta_last)));
}

std::vector<double> cosine(int T, double max_beta)
{
    return sigmas_of(cumulative_alphas(cosine_betas(T, max_beta)));
}

std::vector<double> log_linear(int T, double sigma_min, double sigma_max)
{
    const double first = std::log(sigma_min), last = std::log(sigma_max);
    return tabulate(T, [&](int i) { return std::exp(evenly(first, last, i, T)); });
}

std::vector<double> flow(int T, double t_min, double t_max)
{
    return tabulate(T, [&](int i) { return evenly(t_min, t_max, i, T); });
}

std::vector<double> flow_levels(int steps, double t_min, double t_max)
{
    return then_zero(tabulate(steps, [&](int i) { return evenly(t_max, t_min, i, steps); }));
}

std::vector<std::int64_t> trailing_with_end(int T, int steps)
{
    check(steps > 0 && steps <= T, "a subset of a table has between one step and as many as the table");
    std::vector<std::int64_t> indices;
    for (int j = 0; j < steps; ++j)
        indices.push_back(std::llrint(T * (1 - double(j) / steps)) - 1);
    indices.push_back(0);
    return indices;
}

std::vector<double> take(const std::vector<double>& table, const std::vector<std::int64_t>& indices)
{
    std::vector<double> values;
    values.reserve(indices.size());
    for (const std::int64_t index : indices) {
        check(index >= 0 && index < static_cast<std::int64_t>(table.size()),
              "a timestep lies inside of its table");
        values.push_back(table[static_cast<std::size_t>(index)]);
    }
    return values;
}

std::vector<double> edm(int steps, double sigma_min, double sigma_max, double rho)
{
    const double first = std::pow(sigma_max, 1 / rho), last = std::pow(sigma_min, 1 / rho);
    return then_zero(tabulate(steps, [&](int i) { return std::pow(evenly(first, last, i, steps), rho); }));
}

std::vector<double> geometric(int steps, double sigma_min, double sigma_max, bool end_at_zero)
{
    std::vector<double> levels = tabulate(
        steps + 1, [&](int i) { return sigma_max * std::pow(sigma_min / sigma_max, double(i) / steps); });
    levels.back() = end_at_zero ? 0 : sigma_min;
    return levels;
}

double VpTime::sigma(double tau) const
{
    return std::sqrt(std::expm1(beta_d * tau * tau / 2 + beta_min * tau));
}

double VpTime::tau(double sigma) const
{
    return (std::sqrt(beta_min * beta_min + 2 * beta_d * std::log1p(sigma * sigma)) - beta_min) / beta_d;
}

VpTime VpTime::fitted(double sigma_min, double sigma_max, double epsilon_s)
{
    const double at_start = std::log1p(sigma_min * sigma_min), at_end = std::log1p(sigma_max * sigma_max);
    const double beta_d = 2 * (at_start / epsilon_s - at_end) / (epsilon_s - 1);
    return {.beta_d = beta_d, .beta_min = at_end - beta_d / 2};
}

std::vector<double> vp(int steps, const VpTime& time, double epsilon_s)
{
    return then_zero(tabulate(steps, [&](int i) { return time.sigma(evenly(1, epsilon_s, i, steps)); }));
}

std::vector<double> ve(int steps, double sigma_min, double sigma_max)
{
    return then_zero(tabulate(
        steps, [&](int i) { return sigma_max * std::pow(sigma_min / sigma_max, evenly(0, 1, i, steps)); }));
}

std::vector<double> iddpm_levels(int M, double C_1, double C_2)
{
    const auto a = [&](int j) { return std::pow(std::sin(std::numbers::pi / 2 * j / (M * (1 + C_2))), 2); };
    std::vector<double> u(static_cast<std::size_t>(M) + 1, 0.0);
    for (int j = M; j > 0; --j) {
        const double next = u[static_cast<std::size_t>(j)];
        u[static_cast<std::size_t>(j) - 1] =
            std::sqrt((next * next + 1) / std::max(a(j - 1) / a(j), C_1) - 1);
    }
    return u;
}

std::vector<double> iddpm(int steps, double sigma_min, double sigma_max, int M, double C_1, double C_2)
{
    std::vector<double> u = iddpm_levels(M, C_1, C_2);
    std::erase_if(u, [&](double level) { return level < sigma_min || level > sigma_max; });
    check(!u.empty(), "the range of levels contains some of the model's");
    const auto last = static_cast<double>(u.size() - 1);
    return then_zero(tabulate(steps, [&](int i) {
        return u[static_cast<std::size_t>(std::nearbyint(evenly(0, last, i, steps)))];
    }));
}

} // namespace lacuna::schedule
