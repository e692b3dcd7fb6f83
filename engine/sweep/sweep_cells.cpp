// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sweep/sweep_cells.h"

#include <algorithm>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/export/contact_sheet.h"
#include "engine/models/model_folder.h"
#include "engine/sweep/picture_judge.h"

namespace lacuna {

namespace {

constexpr int member_longest = 72; // pixels

} // namespace

Recipe identified(Recipe recipe, SweepInputs& inputs)
{
    auto model = inputs.model_sha256.find(recipe.model);
    if (model == inputs.model_sha256.end()) {
        const std::string hash =
            recipe.model == this_photo_model ? "" : Checkpoint::open(find_model(recipe.model)).sha256();
        model = inputs.model_sha256.emplace(recipe.model, hash).first;
    }
    recipe.version = LACUNA_VERSION;
    recipe.picture_sha256 = inputs.picture_sha256;
    recipe.mask_sha256 = inputs.mask_sha256;
    recipe.model_sha256 = model->second;
    return recipe;
}

FillRequest cell_request(const FillRequest& sweep, const SweepJob& job)
{
    FillRequest request = sweep;
    request.compare = true;
    request.recipe = job.recipe;
    request.recipe.version = request.recipe.picture_sha256 = request.recipe.mask_sha256 =
        request.recipe.model_sha256 = "";
    return request;
}

void store_cell(const FillRequest& request, const CompletionSet& set, JobStore::Claim& claim)
{
    check(!set.stopped, "a cell is stored when it is complete");
    SetFolder{claim.workplace()}.write(request, set);
    claim.finish();
}

std::vector<SweepMeasure> stored_measures()
{
    return {{"diversity", "grey levels, mean distance", true},
            {"seam", "step over border, 1 is none", false},
            {"nearest", "grey levels, nearest mates", true},
            {"feature distance", "colours and gradients (not LPIPS)", true}};
}

std::vector<SweepMeasure> sweep_measures(const std::optional<SweepMeasure>& lpips,
                                         const std::optional<SweepMeasure>& niqe)
{
    std::vector<SweepMeasure> list = stored_measures();
    if (lpips) {
        list.pop_back();
        list.insert(list.begin(), *lpips);
    }
    if (niqe)
        list.insert(list.begin() + 1, *niqe);
    return list;
}

std::map<std::string, double> stored_figures(const StoredSet& set)
{
    std::map<std::string, double> values{{"diversity", set.mean_distance_gray}};
    const double members = std::max(1.0, double(set.completions.size()));
    for (const StoredCompletion& completion : set.completions) {
        values["seam"] += completion.seam / members;
        values["nearest"] += completion.nearest_gray / members;
    }
    if (set.feature_distance)
        values["feature distance"] = *set.feature_distance;
    return values;
}

std::vector<Picture> cell_pictures(const std::filesystem::path& cell, const StoredSet& set)
{
    std::vector<Picture> pictures;
    for (const StoredCompletion& completion : set.completions)
        pictures.push_back(read_picture(cell / completion.file));
    return pictures;
}

std::vector<Picture> cell_members(const std::vector<Picture>& pictures, const Mask& hole)
{
    const Area area = surroundings(hole);
    std::vector<Picture> members;
    for (const Picture& picture : pictures)
        members.push_back(thumbnail(to_rgb8(crop(picture, area)), member_longest));
    return members;
}

} // namespace lacuna
