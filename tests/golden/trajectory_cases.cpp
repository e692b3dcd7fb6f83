// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/diffusion/sample_run.h"
#include "engine/metrics/psnr.h"
#include "engine/operators/degradation.h"
#include "engine/restoration/dps.h"
#include "trajectory_problem.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

/// What is compared of every denoising step.
struct Record {
    std::vector<std::int64_t> steps{}; ///< timesteps of the training table
    std::vector<Tensor> x_norm{}, nn_idx{}, nn_dist{}, indicator{}, residual_norm{};
    std::vector<double> factor{}, sigma{}; ///< sigma of the level that the step leaves
    std::vector<Tensor> before{}, after{};
    Tensor final{};
};

template <typename Value> Tensor as_tensor(const std::vector<Value>& values)
{
    std::vector<double> numbers(values.begin(), values.end());
    return at::tensor(numbers, at::kDouble);
}

void remember(Record& record, const TrajectoryProblem& problem, const Restorer& restorer,
              const SampleRun& run)
{
    const GuidanceReport& report = restorer.guidance();
    const Steering& steering = report.steering;
    const Tensor mates = at::tensor(steering.mate, at::kLong);
    const Tensor distances = as_tensor(steering.nearest);
    const double amplitude = std::sqrt(1 + run.sigma() * run.sigma());
    record.x_norm.push_back((run.x() / amplitude).flatten(1).square().sum(1).sqrt());
    record.nn_idx.push_back(mates);
    record.nn_dist.push_back(at::where(mates >= 0, distances, at::zeros_like(distances)));
    record.indicator.push_back(as_tensor(steering.pushed));
    record.factor.push_back(report.factor);
    record.before.push_back(report.before);
    record.after.push_back(problem.clips ? steering.x0.clamp(-1, 1) : steering.x0);
    if (const auto* dps = dynamic_cast<const Dps*>(&restorer))
        record.residual_norm.push_back(dps->residual_norms());
}

Record walk(const TrajectoryProblem& problem, Restoration& restoration, Denoiser& denoiser,
            NoiseSource& noise)
{
    const Path& path = restoration.path;
    const Tensor z =
        noise.draw(at::empty({problem.members, problem.channels, problem.height, problem.width}, at::kDouble),
                   Purpose::Initial, 0);
    std::vector<int> members(static_cast<std::size_t>(problem.members));
    SampleRun run(*restoration.restorer, denoiser, noise, path.levels,
                  restoration.restorer->initial(z, path.levels.front()), members);
    Record record;
    while (!run.done()) {
        const auto position = static_cast<std::size_t>(run.position());
        run.next();
        if (path.levels[position + 1] > path.levels[position])
            continue;
        record.steps.push_back(path.timesteps[position]);
        record.sigma.push_back(path.levels[position]);
        remember(record, problem, *restoration.restorer, run);
    }
    record.final = run.x();
    return record;
}

/// The steps of methods that count kept timesteps are positions among them.
std::vector<std::int64_t> positions(const std::vector<std::int64_t>& steps)
{
    std::vector<std::int64_t> kept = steps;
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    std::vector<std::int64_t> result;
    for (const std::int64_t step : steps)
        result.push_back(std::lower_bound(kept.begin(), kept.end(), step) - kept.begin());
    return result;
}

/// Bytes are truncated, so that a value beside the edge of a step may fall on either side.
void compare_bytes(GoldenCase& golden, const Tensor& final, const std::string& array, double allowed)
{
    const Tensor scaled = ((final + 1) * 127.5).clamp(0, 255);
    const Tensor undecided = ((scaled - scaled.round()).abs() <= 127.5 * allowed).to(at::kDouble);
    golden.compare_within(scaled.floor(), golden.array(array), array, undecided);
}

void compare_variant(GoldenCase& golden, const std::string& variant, const json& tolerance,
                     const Record& record, const TrajectoryProblem& problem, double output_error)
{
    const std::string folder = variant + "/";
    const auto has = [&](const char* name) { return golden.has(folder + name); };
    const auto stacked = [&](const char* name, const std::vector<Tensor>& rows, Allowed allowed) {
        if (has(name))
            golden.compare(at::stack(rows), folder + name, allowed);
    };
    const double final_error = tolerance.at("max_abs_final").get<double>();
    const double x0_error = tolerance.value("max_abs_x0", final_error);

    if (has("steps"))
        golden.compare_integers(problem.clips ? positions(record.steps) : record.steps, folder + "steps");
    stacked("x_norm", record.x_norm, {.relative = tolerance.value("x_norm_rel", 1e-3)});
    stacked("nn_idx", record.nn_idx, {});
    stacked("nn_dist", record.nn_dist, {.relative = tolerance.value("nn_dist_rel", 1e-3)});
    stacked("indicator", record.indicator, {});
    if (has("residual_norm"))
        stacked("residual_norm", record.residual_norm, {.relative = tolerance.value("x_norm_rel", 1e-3)});
    if (has("factor"))
        golden.compare(record.factor, folder + "factor", {.absolute = 1e-6});
    if (has("snap_steps")) {
        // A clamped estimate is off by as much as the output of the network, times sigma.
        std::vector<Tensor> before, after, bounds;
        for (const double snap : golden.numbers(folder + "snap_steps")) {
            const auto row = static_cast<std::size_t>(snap);
            before.push_back(record.before.at(row));
            after.push_back(record.after.at(row));
            const double bound = std::max(x0_error, problem.clips ? record.sigma.at(row) * output_error : 0);
            bounds.push_back(at::full_like(record.before[row], bound));
        }
        for (const auto& [name, rows] : {std::pair{"x0_before", before}, std::pair{"x0_after", after}})
            if (has(name))
                golden.compare_within(at::stack(rows), golden.array(folder + name), folder + name,
                                      at::stack(bounds));
    }
    golden.compare(record.final, folder + "final", {.absolute = final_error});
    if (has("final_u8"))
        compare_bytes(golden, record.final, folder + "final_u8", final_error);
}

/// The published figure of consistency. That of gray pictures repeats y instead of inverting its weights, which the
/// allowance covers.
void compare_consistency(GoldenCase& golden, const std::string& variant, const json& settings,
                         const Record& record, const TrajectoryProblem& problem)
{
    const auto found = settings.find("official_avg_lr_psnr");
    if (found == settings.end() || !found->is_number())
        return;
    const std::vector<double> each = low_resolution_psnr(
        record.final, problem.y, [&](const Tensor& x) { return problem.op->A(x); },
        [&](const Tensor& y) { return problem.op->A_pinv(y); });
    const double figure = std::accumulate(each.begin(), each.end(), 0.0) / double(each.size());
    golden.compare_values(at::full({}, figure, at::kDouble), at::full({}, found->get<double>(), at::kDouble),
                          variant + " LR-PSNR", {.relative = 1e-3});
}

void compare_path(GoldenCase& golden, const Path& path)
{
    const Tensor timesteps = at::tensor(path.timesteps, at::kLong);
    std::vector<std::int64_t> kept = path.timesteps;
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    if (golden.has("timestep_map"))
        golden.compare_integers(std::vector<std::int64_t>(kept.begin() + 1, kept.end()), "timestep_map");
    if (golden.has("schedule")) {
        std::vector<std::int64_t> schedule = positions(path.timesteps);
        for (std::int64_t& position : schedule)
            --position; // -1 is the clean level
        golden.compare_integers(schedule, "schedule");
    }
    if (golden.has("time_pairs")) {
        const std::int64_t count = timesteps.numel() - 1;
        golden.compare(at::stack({timesteps.narrow(0, 0, count), timesteps.narrow(0, 1, count)}, 1),
                       "time_pairs", {});
    }
}

double number_or(const json& value, const char* key, double otherwise)
{
    const auto found = value.find(key);
    return found != value.end() && found->is_number() ? found->get<double>() : otherwise;
}

} // namespace

bool run_trajectory_case(GoldenCase& golden)
{
    if (golden.params().value("kind", "") != "trajectory")
        return false;
    TrajectoryProblem problem = read_trajectory(golden);
    const auto [network, output_error] = trajectory_network(golden);
    PreconditionedDenoiser denoiser(
        network, discrete_preconditioning(problem.table, Prediction::Eps, TimestepRule::NearestLog));
    for (const auto& [variant, settings] : golden.params().at("variants").items()) {
        problem.options.guidance_eta = number_or(settings, "guidance_eta", 0);
        problem.options.guidance_bound =
            number_or(settings, "guidance_dist", std::numeric_limits<double>::infinity());
        Restoration restoration = make_restorer(problem.options, problem.task, problem.op, problem.y,
                                                problem.members, problem.table);
        compare_path(golden, restoration.path);
        RecordedDraws noise(golden);
        const Record record = walk(problem, restoration, denoiser, noise);
        compare_variant(golden, variant, settings.at("tolerance"), record, problem, output_error);
        compare_consistency(golden, variant, settings, record, problem);
    }
    return true;
}

} // namespace lacuna::golden
