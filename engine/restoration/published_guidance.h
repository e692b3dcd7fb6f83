// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/restoration/set_guidance.h"

namespace lacuna {

/// The pictures that published guidance looks at.
struct GuidedSet {
    std::int64_t members = 1, channels = 3, height = 0, width = 0;
    Tensor keep{}; ///< [1,1,H,W], 1 = known; undefined: the task is not inpainting
};

/// Guidance as the published program of a method computes it: its time factor, its divisor of the distance, and the
/// bound D on the distance over the whole picture (infinity: none). restoration.md 4.0.
/// table: sigma of all timesteps; kept: those of the run. DiffPIR has no published guidance and gets that of DDNM.
GuidanceRule published_guidance(const std::string& method, double eta, double D, const GuidedSet&,
                                const std::vector<double>& table, const std::vector<std::int64_t>& kept);

} // namespace lacuna
