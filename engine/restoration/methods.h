// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/operators/linear_operator.h"
#include "engine/restoration/options.h"
#include "engine/restoration/paths.h"
#include "engine/restoration/set_guidance.h"

namespace lacuna {

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
/// model's timesteps, increasing. log_gradient (repaint): gradient of log p(class | x) at (x, sigma), in sigma
/// coordinates; undefined: no class. Throws Error{Usage} on options out of their range or a pair that is not supported.
Restoration make_restorer(const RestorationOptions&, const std::string& task,
                          std::shared_ptr<const SpectralOperator> op, const Tensor& y, std::int64_t members,
                          const std::vector<double>& table,
                          std::function<Tensor(const Tensor& x, double sigma)> log_gradient = {});

} // namespace lacuna
