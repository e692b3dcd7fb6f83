// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/tensor.h"
#include "engine/selection/tail_report.h"

namespace lacuna {

/// features [N,F]. At most the 100 leading components take part, for Gaussians of more dimensions give the same.
TailReport tail_report(const Tensor& features, const TailOptions& = {});

} // namespace lacuna
