// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/commands/candidates.h"
#include "engine/core/tensor.h"
#include "engine/evaluation/bootstrap.h"
#include "engine/evaluation/set_quality.h"

namespace lacuna::cli {

/// What is measured only where its files are given.
struct MeasureArguments {
    bool lpips = false;
    std::string heads{}, niqe{};
};
/// --lpips, --lpips-heads and --niqe.
void add_measure_options(CLI::App&, MeasureArguments&);

/// VGG-16 of --weights, where that is its file or a folder, and the heads. Throws Error{Input} that says which file is
/// missing and where it is published.
Lpips read_lpips(const MeasureArguments&, const FeatureArguments&);

/// Mean over the pairs of different rows of distances [N,N], N >= 2.
Interval mean_pair(const Tensor& distances);

} // namespace lacuna::cli
