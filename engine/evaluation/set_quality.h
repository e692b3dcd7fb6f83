// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/metrics/lpips.h"
#include "engine/metrics/niqe_fit.h"
#include "engine/sweep/sweep_report.h"

/// LPIPS and NIQE of the completions of a set, and what reports call them.
namespace lacuna {

/// From the published files of VGG-16 and of the linear heads. Throws Error{Input}.
Lpips read_lpips(const std::filesystem::path& vgg, const std::filesystem::path& heads);

/// As 8-bit RGB, [N,3,H,W] in [-1,1]; all of one size.
Tensor rgb_images(const std::vector<Picture>&);

/// Mean distance of all pairs; not a number for fewer than two pictures and for sides below 32 pixels.
double set_lpips(const Lpips&, const std::vector<Picture>&);

/// NIQE of every picture; those that it cannot judge are not numbers, and `why` says why.
std::vector<double> niqe_of(const std::vector<Picture>&, const NiqeModel&, std::string& why);
double mean_of(const std::vector<double>&);

SweepMeasure lpips_measure();
SweepMeasure niqe_measure(const NiqeParameters&);

} // namespace lacuna
