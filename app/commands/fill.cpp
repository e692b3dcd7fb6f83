// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/fill_options.h"
#include "app/commands/stop_signals.h"
#include "engine/core/error.h"
#include "engine/core/known_pixels.h"
#include "engine/core/picture_file.h"
#include "engine/export/batch_plan.h"
#include "engine/fill/fill_session.h"
#include "engine/fill/set_folder.h"

namespace lacuna::cli {

namespace {

std::string decibels(double value)
{
    return std::isfinite(value) ? fixed(value, 1) + " dB" : "exact";
}

std::string figures(const Completion& c)
{
    std::string text = "nearest mate " + fixed(c.nearest_gray, 1) + " grey levels";
    if (c.consistency_db)
        text += ", agrees with the measurement to " + decibels(*c.consistency_db);
    else
        text += ", seam " + fixed(c.seam, 2);
    if (c.psnr_db)
        text += ", with the truth to " + decibels(*c.psnr_db);
    return text;
}

void print_consistency(const FillRequest& request, const CompletionSet& set, std::size_t changed)
{
    if (set.base.empty()) {
        std::cout << "Known samples changed: " << changed << (request.recipe.raw ? " (raw)" : "") << ".\n";
        return;
    }
    if (request.recipe.restoration.sigma_y > 0)
        return;
    std::size_t below = 0;
    for (const Completion& c : set.completions)
        below += c.consistency_db && *c.consistency_db < consistent_db;
    std::cout << "Below " << fixed(consistent_db, 0) << " dB of agreement: " << below << " of "
              << set.completions.size() << ".\n";
}

/// The bound in every unit that the papers use; a number alone means nothing.
void print_bound(const FillRequest& request)
{
    const Recipe& recipe = request.recipe;
    if (recipe.eta <= 0 || std::isinf(recipe.bound.value) || !request.mask.hole_pixels())
        return;
    const BoundScale scale{.hole_pixels = request.mask.hole_pixels(),
                           .members = recipe.count,
                           .picture_pixels = request.mask.values.size()};
    const auto in = [&](BoundConvention convention) {
        std::ostringstream number;
        number.imbue(std::locale::classic());
        number << std::setprecision(3) << recipe.bound.in(convention, scale).value;
        return number.str();
    };
    std::cout << "Bound: " << in(BoundConvention::GrayLevels)
              << " grey levels; D = " << in(BoundConvention::PerImage) << " per image (DDNM), "
              << in(BoundConvention::RepaintBatch) << " over the set (RePaint), "
              << in(BoundConvention::PerPixel) << " per pixel (DPS), " << in(BoundConvention::FullPicture)
              << " of the whole picture (DDRM), for this hole at full size.\n";
}

/// What the network saw, and what that means for the result.
void print_windows(const CompletionSet& set)
{
    for (const NetworkWindow& window : set.windows) {
        const Area& area = window.area;
        std::cout << "The network saw " << area.width << " x " << area.height << " pixels from " << area.x
                  << ", " << area.y;
        const double scale = window.scale();
        if (area.width != window.width || area.height != window.height)
            std::cout << (scale >= 1 ? " reduced to " : " enlarged to ") << window.width << " x "
                      << window.height;
        std::cout << ".";
        if (scale > 1.25)
            std::cout << " What it made is enlarged " << fixed(scale, 1)
                      << " times: the hole is softer than what is around it.";
        std::cout << "\n";
    }
}

void print(const SetFolder& folder, const FillRequest& request, const CompletionSet& set)
{
    const double hole = 100.0 * double(request.mask.hole_pixels()) / double(request.mask.values.size());
    if (set.base.empty())
        std::cout << "Hole: " << fixed(hole, 1) << " % of the picture. ";
    std::cout << (set.stopped ? "Stopped after " : "Filled in ") << fixed(set.seconds, 1) << " s.\n";
    print_windows(set);
    std::size_t changed = 0;
    for (const Completion& c : set.completions) {
        if (!c.problem.empty()) {
            std::cout << "  member " << c.member + 1 << " " << c.problem << "\n";
            continue;
        }
        if (set.base.empty())
            changed += known_pixels_changed(request.picture,
                                            composite(request.picture, request.mask, c, set.recipe.soft_edge),
                                            request.mask);
        std::cout << "  member " << c.member + 1 << (c.finished ? "" : " (unfinished)") << ": " << figures(c)
                  << "\n";
    }
    std::cout << "Mean distance between completions: " << fixed(set.mean_distance_gray, 1)
              << " grey levels (root mean square" << (set.base.empty() ? " in the hole" : "") << ").\n";
    print_bound(request);
    print_consistency(request, set, changed);
    std::cout << "Contact sheet: " << folder.sheet().string() << "\n";
}

int dry_run(const FillArguments& a, const FillRequest& request)
{
    const FillEstimate estimate = estimate_fill(request, a.threads, a.device, a.precision);
    if (*a.json) {
        std::cout << nlohmann::ordered_json{{"evaluations", estimate.forward},
                                            {"with_gradient", estimate.backward},
                                            {"pictures_an_evaluation", estimate.batch},
                                            {"seconds", estimate.seconds}}
                         .dump()
                  << "\n";
        return 0;
    }
    std::cout << "Evaluations of the model: " << estimate.forward << ", each of " << estimate.batch
              << (estimate.batch == 1 ? " picture" : " pictures");
    if (estimate.backward > 0)
        std::cout << ", " << estimate.backward << " of them with their gradient";
    std::cout << ".\nBy a measured step it will take about " << fixed(estimate.seconds, 1) << " s.\n";
    return 0;
}

int fill_picture(const FillArguments& a, const FillRequest& request, Session& session,
                 const StopSignals& signals)
{
    const SetFolder folder{a.out};
    folder.prepare(a.force);
    CompletionSet set;
    {
        ProgressLine line;
        set = session.fill(
            request, [&](const Progress& progress) { line.show(progress); }, signals.token());
    }
    folder.write(request, set);
    if (*a.json)
        std::cout << summary_json(folder, set) << "\n";
    else
        print(folder, request, set);
    if (signals.exit_code() != 0)
        return signals.exit_code();
    for (const Completion& c : set.completions)
        if (!c.problem.empty())
            return static_cast<int>(ErrorKind::SomeFailed);
    return 0;
}

/// Every picture of a folder that has a mask, each into a set folder of its name; one that cannot be filled does not
/// keep the others from it.
int fill_folder(const FillArguments& a, Session& session, const StopSignals& signals)
{
    if (a.mask.empty())
        throw Error(ErrorKind::Usage, "--mask", "is needed for a folder",
                    "Give the folder of the masks, or one mask", "Nothing was run.");
    const BatchPlan plan = plan_batch(a.picture, a.mask);
    for (const std::string& name : plan.without)
        std::cerr << "lacuna-cli: " << name << " has no mask and is left out.\n";
    int code = plan.items.empty() ? static_cast<int>(ErrorKind::Input) : 0;
    for (const BatchItem& item : plan.items) {
        FillArguments one = a;
        one.picture = item.picture.string();
        one.mask = item.mask.string();
        one.out = (std::filesystem::path(a.out) / item.name).string();
        try {
            if (fill_picture(one, make_request(one), session, signals) != 0)
                code = static_cast<int>(ErrorKind::SomeFailed);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                throw;
            std::cerr << "lacuna-cli: " << error.what() << "\n";
            code = static_cast<int>(ErrorKind::SomeFailed);
        }
        if (signals.exit_code() != 0)
            return signals.exit_code();
    }
    return code;
}

int fill(const FillArguments& a)
{
    const StopSignals signals;
    const bool folder = std::filesystem::is_directory(a.picture);
    if (folder && a.dry_run)
        throw Error(ErrorKind::Usage, "--dry-run", "tells of one picture, not of a folder", "Name a picture",
                    "Nothing was run.");
    const FillRequest request = folder ? FillRequest() : make_request(a);
    if (a.dry_run)
        return dry_run(a, request);
    if (a.out.empty())
        throw Error(ErrorKind::Usage, "--out", "is needed", "Name a folder for the completions",
                    "Nothing was run.");
    const std::unique_ptr<Session> session = make_fill_session(a.threads, a.device, a.precision);
    return folder ? fill_folder(a, *session, signals) : fill_picture(a, request, *session, signals);
}

} // namespace

void add_fill(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<FillArguments>();
    a->json = &chosen.json;
    CLI::App* command = app.add_subcommand("fill", "Fill the hole of a picture in several different ways");
    add_fill_options(*command, *a);
    command->add_flag("--json", chosen.json, "Print the result as one line of JSON");
    command->callback([a, &chosen] { chosen.run = [a] { return fill(*a); }; });
}

} // namespace lacuna::cli
