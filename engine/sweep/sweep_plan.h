// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/recipe.h"

namespace lacuna {

/// A parameter of the recipe and the values it shall take.
struct SweepAxis {
    std::string parameter{};           ///< one of sweep_parameters()
    std::vector<std::string> values{}; ///< as on the command line
};

/// One cell of the grid.
struct SweepJob {
    std::vector<std::size_t> place{}; ///< index of the value on every axis
    Recipe recipe{};
    std::string id{}; ///< SHA-256 of all that decides the pixels; cells whose pixels are equal share it
};

/// A bound of a sweep: as parse_bound, and 0, under which nobody is pushed: that is the set without guidance.
Bound parse_sweep_bound(const std::string& text);

/// eta, bound, steps, count, seed, model, class, method, sampler, schedule, gamma, mu, churn, particles, kernel, pool,
/// select, method-eta and zeta.
const std::vector<std::string>& sweep_parameters();

/// "eta=0,0.07,0.3" as an axis. Throws Error{Usage} for an unknown parameter, no values or a value twice.
SweepAxis parse_axis(const std::string& text);

/// The recipe that the cells of a model start from: with the version and the hashes of picture, mask and this model,
/// so that the ids of its cells do not depend on what other models there are.
using RecipeOfModel = std::function<Recipe(const std::string& model)>;

/// All combinations, the last axis fastest, for `model` where no axis names the models. Throws Error{Usage} for values
/// that a parameter cannot have and for more than 1,000,000 cells.
std::vector<SweepJob> sweep_jobs(const std::string& model, const RecipeOfModel&,
                                 const std::vector<SweepAxis>&);
/// The same where all models start from one recipe.
std::vector<SweepJob> sweep_jobs(const Recipe& base, const std::vector<SweepAxis>&);

/// What of n workers: "2/8" is the third of eight. Job i is theirs where i mod n is their number.
struct Shard {
    std::size_t number = 0, of = 1;

    bool has(std::size_t job) const { return job % of == number; }
};
/// `text` "i/n" from 0; empty: SLURM_ARRAY_TASK_ID, _MIN and _COUNT where a scheduler set them, else all.
Shard find_shard(const std::string& text);

} // namespace lacuna
