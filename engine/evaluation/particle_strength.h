// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/evaluation/model_evaluation.h"
#include "engine/evaluation/report_table.h"

namespace lacuna {

struct ParticleStrengthOptions {
    int films = 11;
    int batch = 8; ///< next frames sampled together
    int steps = 22;
    std::vector<double> strengths{}; ///< k_PG; empty: none and 10^-1 to 10^1 in steps of 10^(1/4)
    std::vector<double> churns{0, 0.01, 0.0316227766, 0.1, 0.316227766, 1}; ///< S_churn
};

/// Particle guidance by strength and S_churn, where a digit in the middle may go eight ways with equal probability
/// and the denoiser is exact: the ways among the frames of a batch, and how far the frames are from the moved
/// condition (small is good). Two tables, drawn as heat maps; the rows that are done when it is stopped. All films share their noise. samplers.md 7.4
std::vector<ReportTable> particle_strength_tables(const ParticleStrengthOptions&, const EvaluationProgress&);

} // namespace lacuna
