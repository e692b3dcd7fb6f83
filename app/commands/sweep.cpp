// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/feature_choice.h"
#include "app/commands/fill_options.h"
#include "app/commands/measures.h"
#include "app/commands/stop_signals.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/core/text.h"
#include "engine/fill/fill_session.h"
#include "engine/metrics/niqe_fit.h"
#include "engine/selection/selection.h"
#include "engine/sweep/picture_judge.h"
#include "engine/sweep/sweep_cells.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;

struct SweepArguments {
    FillArguments fill{};
    FeatureArguments features{};
    MeasureArguments measures{};
    std::vector<std::string> vary{};
    std::string shard{};
};

/// Cells of a model start from its defaults and carry its hash alone.
std::vector<SweepJob> jobs_of(const FillArguments& fill, const FillRequest& request,
                              const std::vector<SweepAxis>& axes)
{
    constexpr std::array of_samplers{"sampler", "schedule", "gamma", "mu", "churn", "particles", "kernel"};
    FillArguments arguments = fill;
    for (const SweepAxis& axis : axes)
        arguments.for_samplers |=
            std::find(of_samplers.begin(), of_samplers.end(), axis.parameter) != of_samplers.end();
    SweepInputs inputs{content_hash(request.picture), content_hash(request.mask)};
    return sweep_jobs(
        fill.recipe.model,
        [&](const std::string& model) {
            arguments.recipe.model = model;
            return identified(recipe_of(arguments), inputs);
        },
        axes);
}

/// Fills one cell. False: it was stopped before the end, and nothing is kept.
bool run_job(Session& session, const FillRequest& picture, const SweepJob& job, JobStore::Claim& claim,
             const StopSignals& signals)
{
    const FillRequest request = cell_request(picture, job);
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
    store_cell(request, set, claim);
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
            if (store.is_done(jobs[i].id)) // by the one who held it until now
                continue;
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

/// What is measured of every cell: a measure of diversity first and one of quality second, for the Pareto line.
class Measures {
public:
    explicit Measures(const SweepArguments& a) : features_(a.features)
    {
        if (a.measures.lpips)
            lpips_ = read_lpips(a.measures, a.features);
        if (!a.measures.niqe.empty())
            niqe_ = find_niqe_parameters(a.measures.niqe);
    }

    std::vector<SweepMeasure> list() const
    {
        std::vector<SweepMeasure> list =
            sweep_measures(lpips_ ? std::optional(lpips_measure()) : std::nullopt,
                           niqe_ ? std::optional(niqe_measure(*niqe_)) : std::nullopt);
        if (!lpips_)
            list.back().unit = describe_features(features_);
        return list;
    }

    /// The surroundings of the hole in the completions of a finished cell, and its numbers in the order of the list.
    SweepCell read(const fs::path& folder, const Mask& hole)
    {
        const StoredSet set = read_set(SetFolder{folder});
        SweepCell cell{.members = cell_members(cell_pictures(folder, set), hole)};
        std::map<std::string, double> values = stored_figures(set);
        if (features_.name != "colours" || !features_.region.empty())
            values.erase("feature distance");
        const bool more = lpips_ || niqe_ || !values.contains("feature distance");
        if (more && !set.completions.empty())
            look_at(folder, values);
        for (const SweepMeasure& measure : list())
            cell.figures.push_back(values.contains(measure.name) ? values[measure.name] : std::nan(""));
        return cell;
    }

private:
    /// Measures what is not stored.
    void look_at(const fs::path& folder, std::map<std::string, double>& values)
    {
        Pool pool = read_pool({.paths = {folder.string()}});
        if (!comparison_.extractor)
            comparison_ = comparison_of(pool.hole, features_);
        const bool pairs = pool.pictures.size() > 1;
        if (lpips_ && pairs)
            values[lpips_measure().name] = set_lpips(*lpips_, pool.pictures);
        if (!lpips_ && pairs && !values.contains("feature distance"))
            values["feature distance"] = mean_of_pairs(pairwise_distances(features_of(pool, comparison_)));
        if (niqe_)
            values[niqe_name(*niqe_)] = mean_of(niqe_of(pool.pictures, niqe_->model, problem_));
    }

    FeatureArguments features_;
    std::optional<Lpips> lpips_{};
    std::optional<NiqeParameters> niqe_{};
    Comparison comparison_{}; ///< made with the first cell
    std::string problem_{};   ///< why NIQE could not judge
};

/// Tables and figures of what is done so far.
void write_report(const fs::path& out, const SweepReport& report, JobStore::Claim& claim)
{
    write_file(claim.workplace() / "sweep.csv", sweep_csv(report));
    write_file(claim.workplace() / "sweep.tex", sweep_latex(report));
    write_file(claim.workplace() / "sweep.json", sweep_json(report));
    const Drawing figure = sweep_figure(report);
    write_file(claim.workplace() / "sweep.svg", figure.svg());
    write_file(claim.workplace() / "sweep.png", encode_png(figure.pixels()));
    for (const char* name : {"sweep.csv", "sweep.tex", "sweep.json", "sweep.svg", "sweep.png"}) {
        std::error_code error;
        fs::rename(claim.workplace() / name, out / name, error);
        if (error)
            throw Error(ErrorKind::Output, (out / name).string(),
                        "cannot be put in place: " + error.message(),
                        "Make room and start the same command again", "All finished sets are kept.");
    }
}

std::vector<bool> done_cells(const std::vector<SweepJob>& jobs, const JobStore& store)
{
    std::vector<bool> done;
    for (const SweepJob& job : jobs)
        done.push_back(store.is_done(job.id));
    return done;
}

/// Writes the report again as long as other workers finish cells meanwhile, so that the last one has all of them. Where
/// another worker writes it, that one will look again. What is done.
std::vector<bool> report_all(const fs::path& out, Measures& measures, const std::vector<SweepAxis>& axes,
                             const std::vector<SweepJob>& jobs, const JobStore& store, const Mask& hole)
{
    store.clear_marks();
    std::vector<bool> done, reported;
    while ((done = done_cells(jobs, store)) != reported) {
        auto claim = store.claim("report");
        if (!claim)
            break;
        SweepReport report{.axes = axes, .measures = measures.list(), .jobs = jobs};
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            report.cells.emplace_back();
            if (done[i])
                report.cells.back() = measures.read(store.result(jobs[i].id), hole);
            claim->beat();
        }
        write_report(out, report, *claim);
        reported = done;
    }
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
    const std::vector<SweepJob> jobs = jobs_of(a.fill, request, axes);
    Measures measures(a); // before the work: a file that is missing is told at once
    const JobStore store(fs::path(a.fill.out) / "cells");
    const int code = run_jobs(a, request, jobs, store);
    const std::vector<bool> done =
        report_all(fs::path(a.fill.out), measures, axes, jobs, store, request.mask);
    std::cout << std::count(done.begin(), done.end(), true) << " of " << jobs.size()
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
    command
        ->add_option(
            "--vary", a->vary,
            "PARAMETER=VALUE,VALUE...; repeat it for a grid: the first goes down, the second across. "
            "Parameters: "
                + joined(sweep_parameters()))
        ->required();
    add_feature_options(*command, a->features);
    add_measure_options(*command, a->measures);
    command->add_option("--shard", a->shard,
                        "Only the part I/N of the cells, from 0/N; by default that of a Slurm job array");
    command->add_flag("--json", chosen.json, "Print errors as one line of JSON");
    command->callback([a, &chosen] { chosen.run = [a] { return sweep(*a); }; });
}

} // namespace lacuna::cli
