// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Which timesteps of a training table of T entries a run of few steps visits. samplers.md 2.2 and 2.3.
namespace lacuna::schedule {

/// As in diffusers, descending, one entry a step. Leading: (steps-1-j) floor(T/steps) + offset.
std::vector<std::int64_t> leading(int T, int steps, int offset = 0);
/// round(linspace(0, T-1, steps)), reversed.
std::vector<std::int64_t> linspaced(int T, int steps);
/// round(T - j T/steps) - 1.
std::vector<std::int64_t> trailing(int T, int steps);

/// The kept timesteps of guided-diffusion, ascending. `spec` is "n1,n2,...", one count for each of the equal
/// sections of 0 .. T-1, or "ddimN" for the integer stride that keeps exactly N. Throws Error{Usage} on anything
/// else.
std::vector<std::int64_t> respaced(int T, const std::string& spec);

/// Number of table entries <= sigma (the rule "next") and < sigma (the rule "ceil").
std::int64_t entries_up_to(const std::vector<double>& table, double sigma);
std::int64_t entries_below(const std::vector<double>& table, double sigma);

/// The lists compared by the gradient estimation experiments (TRI): steps + 1 timesteps, descending; look-ups by
/// "next".
std::vector<std::int64_t> tri_ddim(const std::vector<double>& table, int steps, double start,
                                   double end = 0.002);
std::vector<std::int64_t> tri_edm(const std::vector<double>& table, int steps, double start = 80,
                                  double end = 0.002, double rho = 7);
std::vector<std::int64_t> tri_log_linear(const std::vector<double>& table, int steps, double start);
/// sigma at which tri_log_linear stops before its final 0: the geometric mean of the table's first entry and the
/// second-last of the plain DDIM list of as many steps.
double tri_log_linear_end(const std::vector<double>& table, int steps);

/// The styles of the TRI plug-in for diffusers; look-ups by "ceil", steps + 1 timesteps.
enum class PluginStyle { Ddim, DdimPrecise, Edm, Linear, LinearPrecise };
std::vector<std::int64_t> ge_plugin(const std::vector<double>& table, int steps, PluginStyle,
                                    double start = 8.35, double end = 0.02, double factor = 0);

} // namespace lacuna::schedule
