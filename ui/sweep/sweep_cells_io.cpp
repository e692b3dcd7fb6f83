// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_cells_io.h"

#include <QStandardPaths>

#include <algorithm>
#include <cmath>
#include <system_error>

#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/known_pixels.h"
#include "engine/core/picture_file.h"
#include "ui/document/pyramid.h"
#include "ui/models/model_entry.h"
#include "ui/results/rendered_completion.h"

namespace lacuna::ui {
namespace {

namespace fs = std::filesystem;

constexpr int stripLongest = 256; // pixels; the large strip shows them

JobStore store(const fs::path& folder)
{
    return JobStore(folder / "cells");
}

fs::path settingsFile(const fs::path& folder, const SweepInputs& inputs)
{
    Sha256 hash;
    hash.add(inputs.picture_sha256 + inputs.mask_sha256);
    return folder / "boards" / (hash.hex() + ".json");
}

SweepSettings firstSettings(const Recipe& wanted)
{
    SweepSettings settings{.base = wanted};
    for (const char* parameter : {"eta", "bound"})
        settings.axes.push_back(
            parse_axis(parameter + ("=" + suggestedValues(parameter, wanted).remove(u' ').toStdString())));
    return settings;
}

/// Where a model is varied, every one has the method it starts with, and the step of the guidance that is as far on the
/// diversity dial.
Recipe forModel(Recipe base, const std::string& model)
{
    if (model == base.model)
        return base;
    const Recipe before = default_recipe(base.model), now = default_recipe(model);
    base.model = model;
    base.preset.clear();
    base.method = now.method;
    if (before.eta != now.eta)
        base.eta = std::round(100 * base.eta * now.eta / before.eta) / 100;
    return base;
}

/// Not finding a place for them is no reason not to sweep.
void keepSettings(const fs::path& file, const SweepSettings& settings)
{
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    write_file(file, to_json(settings));
}

SweepEntry readCell(const fs::path& folder, const Mask& mask)
{
    const StoredSet set = read_set(SetFolder{folder});
    const std::vector<Picture> pictures = cell_pictures(folder, set);
    const std::map<std::string, double> values = stored_figures(set);
    SweepEntry entry{.state = SweepEntry::State::Done, .cell = {.members = cell_members(pictures, mask)}};
    const Picture original = read_picture(SetFolder{folder}.picture());
    for (const Picture& picture : pictures)
        entry.knownDb = std::min(entry.knownDb, known_psnr(picture, original, mask));
    for (const SweepMeasure& measure : stored_measures())
        entry.cell.figures.push_back(values.contains(measure.name) ? values.at(measure.name) : std::nan(""));
    for (const Picture& picture : pictures)
        entry.strip.push_back(stripPicture(picture, mask));
    return entry;
}

} // namespace

fs::path sweepFolder()
{
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return fs::path(cache.toStdU16String()) / "lacuna" / "sweeps";
}

PlannedSweep planSweep(const fs::path& folder, const SweepSubject& subject, SweepInputs inputs,
                       const std::optional<SweepSettings>& settings, const Recipe& wanted)
{
    if (inputs.picture_sha256.empty()) {
        inputs.picture_sha256 = content_hash(subject.picture);
        inputs.mask_sha256 = content_hash(subject.mask);
    }
    const fs::path file = settingsFile(folder, inputs);
    PlannedSweep plan;
    if (settings)
        plan.settings = *settings;
    else if (const auto before = read_sweep_settings(file); before && before->axes.size() == 2)
        plan.settings = *before;
    else
        plan.settings = firstSettings(wanted);

    std::size_t cells = 1;
    for (const SweepAxis& axis : plan.settings.axes)
        cells *= axis.values.size();
    if (cells > mostBoardCells)
        throw Error(ErrorKind::Usage, "The board",
                    "shows at most " + std::to_string(mostBoardCells) + " cells",
                    "Vary less at once, or use 'lacuna-cli sweep'");
    const Recipe& base = plan.settings.base;
    const bool models = std::any_of(plan.settings.axes.begin(), plan.settings.axes.end(),
                                    [](const SweepAxis& axis) { return axis.parameter == "model"; });
    const auto recipeOf = [&](const std::string& model) {
        const Recipe recipe = forModel(base, model);
        try {
            return identified(recipe, inputs);
        } catch (const Error& error) {
            if (!models)
                throw;
            plan.missing[model] = error.kind() == ErrorKind::Usage
                                      ? howToGet(model) // the others can be filled
                                      : QString::fromUtf8(error.what());
            return recipe;
        }
    };
    plan.jobs = sweep_jobs(base.model, recipeOf, plan.settings.axes);
    plan.inputs = std::move(inputs);
    keepSettings(file, plan.settings);
    return plan;
}

std::optional<SweepEntry> loadCell(const fs::path& folder, const std::string& id, const Mask& mask)
{
    const JobStore cells = store(folder);
    if (!cells.is_done(id))
        return {};
    return readCell(cells.result(id), mask);
}

std::vector<Picture> storedPictures(const fs::path& folder, const std::string& id)
{
    const fs::path cell = store(folder).result(id);
    return cell_pictures(cell, read_set(SetFolder{cell}));
}

ClaimedCell claimCell(const fs::path& folder, const std::string& id, const Mask& mask)
{
    if (auto done = loadCell(folder, id, mask))
        return {.done = std::move(done)};
    auto claim = store(folder).claim(id);
    if (!claim)
        return {};
    ClaimedCell claimed{.claim = std::make_shared<JobStore::Claim>(std::move(*claim))};
    claimed.done = loadCell(folder, id, mask); // by the one who held it until now
    return claimed;
}

SweepEntry keepCell(const fs::path& folder, const std::string& id, const FillRequest& request,
                    const CompletionSet& set, JobStore::Claim& claim)
{
    store_cell(request, set, claim);
    return readCell(store(folder).result(id), request.mask);
}

QSize stripShape(const Mask& mask)
{
    const Area hole = mask.hole_box();
    const double aspect = double(std::max(1, hole.width)) / std::max(1, hole.height);
    return aspect > 1.25 ? QSize(4, 3) : aspect < 0.8 ? QSize(3, 4) : QSize(1, 1);
}

QImage stripPicture(const Picture& completion, const Mask& mask)
{
    const QRect rect = thumbnailRect(mask, stripShape(mask));
    const Picture part = crop(completion, rect.x(), rect.y(), rect.width(), rect.height());
    return asImage(thumbnail(to_rgb8(part), stripLongest)).convertToFormat(QImage::Format_RGB32);
}

} // namespace lacuna::ui
