// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "engine/core/picture.h"
#include "engine/figures/drawing.h"
#include "engine/models/network_module.h"
#include "engine/models/preset.h"
#include "engine/training/train_log.h"

namespace lacuna::training {

/// The losses over the steps, both axes logarithmic.
Drawing draw_curve(const std::vector<LogLine>&);

/// Rows of pictures [N,1 or 3,H,W] in [-1, 1] in a square grid.
Picture draw_grid(const Tensor& pictures);

/// Deterministic samples (DDIM) of `steps` steps from fixed noise, shape [N,C,H,W]; `labels` and `condition` of all rows or
/// undefined.
Tensor draw_samples(std::shared_ptr<NetworkModule>, const NoiseProcess&,
                    const std::vector<std::int64_t>& shape, std::uint64_t seed, int steps,
                    const Tensor& labels, const Tensor& condition, at::Device device);

} // namespace lacuna::training
