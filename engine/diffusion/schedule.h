// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Schedules are lists of numbers (float64), not tensors; no LibTorch here. samplers.md section 2.
/// A table has sigma increasing with its index; the levels of a run decrease. Lists of timesteps are in
/// timestep_lists.h.
namespace lacuna::schedule {

/// beta_i of the training schedules, i = 0 .. T-1, least noisy first.
std::vector<double> linear_betas(int T = 1000, double beta_first = 1e-4, double beta_last = 2e-2);
/// Linear in sqrt(beta): LDM, Stable Diffusion.
std::vector<double> scaled_linear_betas(int T = 1000, double beta_first = 0.00085, double beta_last = 0.012);
std::vector<double> sigmoid_betas(int T = 1000, double beta_first = 1e-4, double beta_last = 2e-2);
std::vector<double> cosine_betas(int T = 1000, double max_beta = 0.999);

/// abar_i = product of (1 - beta_j), j <= i.
std::vector<double> cumulative_alphas(const std::vector<double>& betas);
/// sigma = sqrt(1/abar - 1).
std::vector<double> sigmas_of(const std::vector<double>& abar);

/// Training tables, sigma increasing, from beta: abar = cumprod(1 - beta), sigma = sqrt(1/abar - 1).
std::vector<double> ddpm_linear(int T = 1000, double beta_first = 1e-4, double beta_last = 2e-2);
std::vector<double> ldm(int T = 1000, double beta_first = 0.00085, double beta_last = 0.012);
std::vector<double> sigmoid(int T = 1000, double beta_first = 1e-4, double beta_last = 2e-2);
std::vector<double> cosine(int T = 1000, double max_beta = 0.999);
std::vector<double> log_linear(int T = 1000, double sigma_min = 0.02, double sigma_max = 10);
std::vector<double> flow(int T = 1000, double t_min = 0.001, double t_max = 1);

/// Levels of a run on the flow's own time: steps of them from t_max to t_min, then 0.
std::vector<double> flow_levels(int steps, double t_min = 0.001, double t_max = 1);

/// Trailing subset of a table: round-half-even(T (1 - j/steps)) - 1, then entry 0; steps + 1 levels.
std::vector<std::int64_t> trailing_with_end(int T, int steps);
/// table[i] for every i; an index outside of the table is a programming error.
std::vector<double> take(const std::vector<double>& table, const std::vector<std::int64_t>& indices);

/// [EDM] eq. 5: steps levels from sigma_max to sigma_min, then 0.
std::vector<double> edm(int steps, double sigma_min = 0.002, double sigma_max = 80, double rho = 7);
/// Geometric levels from sigma_max to sigma_min, steps + 1 of them, the last optionally replaced by 0.
std::vector<double> geometric(int steps, double sigma_min, double sigma_max, bool end_at_zero = false);

/// Time tau in (0, 1] of the linear variance preserving process: sigma^2 + 1 = exp(beta_d tau^2 / 2 + beta_min tau).
struct VpTime {
    double beta_d = 19.9;
    double beta_min = 0.1;

    double sigma(double tau) const;
    double tau(double sigma) const;
    /// The process with sigma(epsilon_s) = sigma_min and sigma(1) = sigma_max.
    static VpTime fitted(double sigma_min, double sigma_max, double epsilon_s);
};

/// Discretisations of the baselines in [EDM] table 1: steps levels, then 0.
std::vector<double> vp(int steps, const VpTime& time = {}, double epsilon_s = 1e-3);
std::vector<double> ve(int steps, double sigma_min = 0.02, double sigma_max = 100);
std::vector<double> iddpm(int steps, double sigma_min = 0.002, double sigma_max = 81, int M = 1000,
                          double C_1 = 0.001, double C_2 = 0.008);
/// The levels u_0 > ... > u_M = 0 of iDDPM, [EDM] table 1.
std::vector<double> iddpm_levels(int M = 1000, double C_1 = 0.001, double C_2 = 0.008);

} // namespace lacuna::schedule
