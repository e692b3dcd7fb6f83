// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/core/recipe.h"
#include "engine/diffusion/correction.h"
#include "engine/diffusion/sampler.h"

namespace lacuna {

/// The sampler that a recipe names, for a run of `steps` transitions. `correction` must outlive it; all but "ddnm"
/// are meant to run on a CorrectedDenoiser. `region` [1,1,H,W]: where particle guidance compares members.
std::unique_ptr<Sampler> make_sampler(const Recipe&, Correction& correction, int steps, const Tensor& region);

/// Denoiser calls of a run of `steps` transitions with the sampler of the recipe.
int denoiser_calls(const Recipe&, int steps);

/// Whether the sampler applies the correction itself and so runs on the plain denoiser.
bool corrects_by_itself(const Recipe&);

/// Noise levels of one run: n values from high to low in the manner of the named schedule (log-linear, edm, ddpm),
/// then 0.
std::vector<double> levels_between(const std::string& schedule, int n, double high, double low);

} // namespace lacuna
