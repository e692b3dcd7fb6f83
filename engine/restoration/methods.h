// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/paths.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

/// A method with its parameters, as people give them.
struct RestorationOptions {
    std::string method = "ddnm"; ///< repaint, ddrm, ddnm, dps, diffpir
    int steps = 100;             ///< 2 .. timesteps of the model (RePaint: levels, before jumps)
    /// repaint, dps: spacing of the timesteps as in schedule::respaced, instead of `steps`.
    std::string spacing{};
    double sigma_y = 0;           ///< [0, 10]; noise of the measurement in [-1,1] units
    double eta = 0.85;            ///< [0, 1]; ddrm, ddnm
    double eta_b = 1;             ///< [0, 1]; ddrm
    std::optional<double> zeta{}; ///< dps: [0, 1000], 1 if not given; diffpir: [0, 1], 0.3 if not given
    double lambda = 7;            ///< (0, 1e6]; diffpir
    int travel_length = 1;        ///< 1 .. steps; ddnm
    int travel_repeat = 1;        ///< 1 .. 1000; ddnm
    JumpSchedule jumps{};         ///< repaint; its `steps` is set from the spacing
    int time_shift = 1;           ///< 0 .. steps; repaint
    /// repaint: gradient of log p(class | x) at (x, sigma); undefined: no class.
    std::function<Tensor(const Tensor& x, double sigma)> log_gradient{};
    bool learned_variance = true; ///< repaint, dps: use it where the model has one
    double guidance_eta = 0;      ///< [0, 100]
    /// RMS over the missing part in [-1,1] units; with reference_quirks the D of the published program.
    double guidance_bound = std::numeric_limits<double>::infinity();
    /// The published programs to the letter, for comparison (restoration.md 11): Q3, Q5, Q7, Q9, Q11, Q12, Q13, Q15.
    bool reference_quirks = false;
};

/// A restorer with its way and what the whole way costs.
struct Restoration {
    std::unique_ptr<Restorer> restorer;
    Path path;
    int forward = 0;  ///< evaluations of the model on the whole set
    int backward = 0; ///< of these, with their gradient
};

/// repaint, ddrm, ddnm, dps, diffpir.
const std::vector<std::string>& restoration_methods();

/// Throws Error{Usage}, one sentence, where a method cannot do a task (degradation_tasks).
void check_supported(const std::string& method, const std::string& task);

/// The restorer for y [1,...] measured by op with pictures [members,channels,height,width]. table: sigma of the
/// model's timesteps, increasing. Throws Error{Usage} on options out of their range or a pair that is not supported.
Restoration make_restorer(const RestorationOptions&, const std::string& task,
                          std::shared_ptr<const SpectralOperator> op, const Tensor& y, std::int64_t members,
                          const std::vector<double>& table);

} // namespace lacuna
