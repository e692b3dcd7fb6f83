// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/fill/set_folder.h"
#include "engine/sweep/job_store.h"
#include "engine/sweep/sweep_report.h"

/// What the command line and the window share: from a job to the files of its cell and back.
namespace lacuna {

/// What the ids of cells are made of, beside the parameters.
struct SweepInputs {
    std::string picture_sha256{}, mask_sha256{};       ///< content_hash
    std::map<std::string, std::string> model_sha256{}; ///< of the models that were asked for so far
};
/// The recipe with the version and these hashes. Reads the file of a model that is new. Throws Error{Input} where it
/// is missing.
Recipe identified(Recipe, SweepInputs&);

/// Picture and mask of the sweep with the recipe of one cell.
FillRequest cell_request(const FillRequest& sweep, const SweepJob&);

/// Writes a set that was filled to its end as the files of the claimed cell. Throws Error{Output}.
void store_cell(const FillRequest&, const CompletionSet&, JobStore::Claim&);

/// What every stored cell has: diversity, seam, distance to the nearest mate and feature distance.
std::vector<SweepMeasure> stored_measures();
/// Their values by name; what was not measured is left out.
std::map<std::string, double> stored_figures(const StoredSet&);

/// The completions of a cell, as they were stored. Throws Error{Input}.
std::vector<Picture> cell_pictures(const std::filesystem::path& cell, const StoredSet&);
/// The surroundings of the hole in them, small.
std::vector<Picture> cell_members(const std::vector<Picture>&, const Mask& hole);

} // namespace lacuna
