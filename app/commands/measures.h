// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/commands/candidates.h"
#include "engine/core/tensor.h"
#include "engine/evaluation/bootstrap.h"
#include "engine/metrics/lpips.h"
#include "engine/metrics/niqe.h"

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

/// All pictures of a pool, [N,3,H,W] in [-1,1].
Tensor images_of(const Pool&);

/// Mean over the pairs of different rows of distances [N,N], N >= 2.
Interval mean_pair(const Tensor& distances);

/// NIQE of every candidate; those that it cannot judge are not numbers, and `why` says why.
std::vector<double> niqe_of(const Pool&, const NiqeModel&, std::string& why);

} // namespace lacuna::cli
