// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/fill_options.h"
#include "app/commands/set_folder.h"
#include "app/commands/stop_signals.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/fill/contact_sheet.h"
#include "engine/fill/fill_session.h"
#include "engine/models/model_folder.h"
#include "engine/sweep/job_store.h"
#include "engine/sweep/sweep_report.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;

struct SweepArguments {
    FillArguments fill{};
    std::vector<std::string> vary{};
    std::string shard{};
};

/// The hashes that the id of a job is made of. A model is looked at once, whatever varies.
Recipe identified(Recipe recipe, const FillRequest& request)
{
    recipe.version = LACUNA_VERSION;
    recipe.picture_sha256 = content_hash(request.picture);
    recipe.mask_sha256 = content_hash(request.mask);
    return recipe;
}

std::string model_hash(const std::string& model)
{
    static std::map<std::string, std::string> known;
    if (model == "this-photo")
        return {};
    const auto [entry, fresh] = known.try_emplace(model);
    if (fresh)
        entry->second = Checkpoint::open(find_model(model)).sha256();
    return entry->second;
}

/// Cells of one model carry its hash; the others' ids must not change with it.
std::vector<SweepJob> jobs_of(const Recipe& base, const std::vector<SweepAxis>& axes)
{
    for (const SweepAxis& axis : axes)
        if (axis.parameter == "model") {
            Recipe with_hashes = base;
            for (const std::string& model : axis.values)
                with_hashes.model_sha256 += model_hash(model);
            return sweep_jobs(with_hashes, axes);
        }
    Recipe with_hash = base;
    with_hash.model_sha256 = model_hash(base.model);
    return sweep_jobs(with_hash, axes);
}

/// Fills one cell. False: it was stopped before the end, and nothing is kept.
bool run_job(Session& session, const FillRequest& picture, const SweepJob& job, JobStore::Claim& claim,
             const StopSignals& signals)
{
    FillRequest request = picture;
    request.recipe = job.recipe;
    request.recipe.version = request.recipe.picture_sha256 = request.recipe.mask_sha256 =
        request.recipe.model_sha256 = "";
    CompletionSet set;
    {
        ProgressLine line;
        set = session.fill(
            request,
            [&](const Progress& progress) {
                line.show(progress);
                claim.beat();
            },
            signals.token());
    }
    if (set.stopped || signals.exit_code() != 0)
        return false;
    SetFolder{claim.workplace()}.write(request, set);
    claim.finish();
    return true;
}

/// Does what is this worker's and not done; cells that another one holds are looked at again until nobody holds any.
int run_jobs(const SweepArguments& a, const FillRequest& picture, const std::vector<SweepJob>& jobs,
             const JobStore& store)
{
    const Shard shard = find_shard(a.shard);
    const StopSignals signals;
    const std::unique_ptr<Session> session =
        make_fill_session(a.fill.threads, a.fill.device, a.fill.precision);
    int failed = 0;
    for (bool waiting = true; waiting;) {
        waiting = false;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (signals.exit_code() != 0)
                return signals.exit_code();
            if (!shard.has(i) || store.is_done(jobs[i].id))
                continue;
            auto claim = store.claim(jobs[i].id);
            if (!claim) {
                waiting = true;
                continue;
            }
            std::cerr << "cell " << i + 1 << " of " << jobs.size() << "\n";
            try {
                run_job(*session, picture, jobs[i], *claim, signals);
            } catch (const Error& error) {
                if (error.kind() == ErrorKind::Output)
                    throw;
                std::cerr << "lacuna-cli: cell " << i + 1 << ": " << error.what() << "\n";
                ++failed;
            }
        }
        if (waiting)
            std::this_thread::sleep_for(std::chrono::seconds(1));
        waiting = waiting && failed == 0;
    }
    return failed > 0 ? static_cast<int>(ErrorKind::SomeFailed) : signals.exit_code();
}

const std::vector<SweepMeasure>& measures()
{
    static const std::vector<SweepMeasure> list{{"diversity", "grey levels, mean distance", true},
                                                {"seam", "step over border, 1 is none", false},
                                                {"nearest", "grey levels, nearest mates", true}};
    return list;
}

/// The surroundings of the hole in the completions of a finished cell, and its numbers.
SweepCell read_cell(const fs::path& folder, const Mask& hole)
{
    const StoredSet set = read_set(SetFolder{folder});
    const double members = std::max(1.0, double(set.completions.size()));
    SweepCell cell{.figures = {set.mean_distance_gray, 0, 0}};
    const Area area = surroundings(hole);
    for (const StoredCompletion& completion : set.completions) {
        cell.figures[1] += completion.seam / members;
        cell.figures[2] += completion.nearest_gray / members;
        const Picture whole = to_rgb8(read_picture(folder / completion.file));
        cell.members.push_back(thumbnail(crop(whole, area.x, area.y, area.width, area.height), 72));
    }
    return cell;
}

/// Tables and figures of what is done so far.
std::size_t write_report(const SweepArguments& a, const std::vector<SweepAxis>& axes,
                         const std::vector<SweepJob>& jobs, const JobStore& store, const Mask& hole)
{
    SweepReport report{.axes = axes, .measures = measures(), .jobs = jobs};
    std::size_t done = 0;
    for (const SweepJob& job : jobs) {
        report.cells.emplace_back();
        if (store.is_done(job.id)) {
            report.cells.back() = read_cell(store.result(job.id), hole);
            ++done;
        }
    }
    const fs::path out = a.fill.out;
    write_file(out / "sweep.csv", sweep_csv(report));
    write_file(out / "sweep.tex", sweep_latex(report));
    write_file(out / "sweep.json", sweep_json(report));
    const Drawing figure = sweep_figure(report);
    write_file(out / "sweep.svg", figure.svg());
    write_file(out / "sweep.png", encode_png(figure.pixels()));
    return done;
}

int sweep(SweepArguments& a)
{
    if (a.fill.out.empty())
        throw Error(ErrorKind::Usage, "--out", "is needed", "Name a folder for the cells",
                    "Nothing was run.");
    const FillRequest request = make_request(a.fill);
    std::vector<SweepAxis> axes;
    for (const std::string& text : a.vary)
        axes.push_back(parse_axis(text));
    const std::vector<SweepJob> jobs = jobs_of(identified(request.recipe, request), axes);
    const JobStore store(fs::path(a.fill.out) / "cells");
    const int code = run_jobs(a, request, jobs, store);
    const std::size_t done = write_report(a, axes, jobs, store, request.mask);
    std::cout << done << " of " << jobs.size()
              << " cells are done. Figure: " << (fs::path(a.fill.out) / "sweep.png").string() << "\n";
    return code;
}

} // namespace

void add_sweep(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<SweepArguments>();
    a->fill.json = &chosen.json;
    CLI::App* command = app.add_subcommand(
        "sweep", "Fill the hole with all combinations of some values; goes on where it was stopped");
    add_fill_options(*command, a->fill);
    std::string names;
    for (const std::string& name : sweep_parameters())
        names += (names.empty() ? "" : ", ") + name;
    command
        ->add_option(
            "--vary", a->vary,
            "PARAMETER=VALUE,VALUE...; repeat it for a grid: the first goes down, the second across. "
            "Parameters: "
                + names)
        ->required();
    command->add_option("--shard", a->shard,
                        "Only the part I/N of the cells, from 0/N; by default that of a Slurm job array");
    command->add_flag("--json", chosen.json, "Print errors as one line of JSON");
    command->callback([a, &chosen] { chosen.run = [a] { return sweep(*a); }; });
}

} // namespace lacuna::cli
