// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/network_fill.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <c10/core/GradMode.h>

#include "engine/core/host_copy.h"
#include "engine/fill/casualty_text.h"
#include "engine/fill/measurement.h"
#include "engine/fill/member_distances.h"
#include "engine/fill/network_run.h"
#include "engine/fill/preview.h"
#include "engine/metrics/psnr.h"

namespace lacuna {

namespace {

/// Estimates and figures of one step on their way from the device, which goes on meanwhile.
struct ComingPreviews {
    explicit ComingPreviews(const NetworkRun& run)
        : members(run.members()),
          estimates(run.estimates()),
          evaluation(run.forward_done()),
          steering(run.distances())
    {
        if (steering.device_nearest.defined()) {
            nearest = HostCopy(steering.device_nearest);
            pushed = HostCopy(steering.device_pushed);
        }
    }

    bool ready() const { return estimates.ready() && nearest.ready() && pushed.ready(); }

    /// The distances and pictures of that step.
    void take(const Previews& previews, WindowProgress& progress)
    {
        if (nearest.started()) {
            const Tensor d = nearest.wait(), p = pushed.wait();
            steering.nearest.assign(d.data_ptr<double>(), d.data_ptr<double>() + d.numel());
            steering.pushed.assign(p.data_ptr<bool>(), p.data_ptr<bool>() + p.numel());
        }
        progress.distances.evaluation = evaluation;
        progress.distances.members = member_distances(steering, members);
        const Tensor pictures = as_rgb(estimates.wait().to(at::kFloat));
        for (std::size_t row = 0; row < members.size(); ++row) {
            const MemberDistance& distance = progress.distances.members[row];
            progress.previews.push_back(
                {.member = members[row],
                 .picture = previews.with(pictures.narrow(0, static_cast<std::int64_t>(row), 1)),
                 .nearest_gray = distance.nearest_gray,
                 .pushed = distance.pushed});
        }
    }

    std::vector<int> members;
    HostCopy estimates, nearest{}, pushed{};
    int evaluation;
    Steering steering;
};

const Picture rgb_form{.width = 0, .height = 0, .channels = 3, .bits = 8};

Picture base_of(const Measurement& measured)
{
    return picture_like(rgb_form, measured.op->A_pinv(measured.y)[0]);
}

WindowProgress progress_of(const NetworkRun& run)
{
    const int all = std::max(run.cost().forward, run.forward_done());
    return {.evaluations_done = run.forward_done(),
            .evaluations = all,
            .work_left = 1 - double(run.forward_done()) / all,
            .distances = {.evaluations = all, .bound_gray = run.bound_rms() * gray_of_rms},
            .at_once = run.at_once()};
}

/// Runs to the end, or until it is asked to stop; false if it was. It goes on where it was kept.
bool walk(NetworkRun& run, const Previews& previews, int preview_longest, const Watch& watch)
{
    const auto exchange = [&run](StateExchange& state) { run.exchange(state); };
    bool show = true;
    std::optional<ComingPreviews> coming;
    if (watch.kept.resume(exchange))
        show = watch.report(progress_of(run));
    while (!run.done()) {
        if (watch.stop.stop_requested() && run.forward_done() > 0) {
            watch.kept.note(exchange);
            return false;
        }
        run.next();
        watch.kept.note(exchange);
        WindowProgress progress = progress_of(run);
        if ((show || run.done()) && preview_longest > 0 && !coming && !run.members().empty())
            coming.emplace(run);
        if (coming && (coming->ready() || run.done())) {
            coming->take(previews, progress);
            coming.reset();
        }
        show = watch.report(std::move(progress));
    }
    return true;
}

} // namespace

std::vector<NetworkWindow> windows_of(const DatasetModel& model, const FillRequest& request)
{
    return find_network_windows(request.mask, model.native_size(), model.size_multiple(),
                                view_of(request.recipe.window, model.native_size()));
}

WindowFill fill_network_window(const DatasetModel& model, const FillRequest& request,
                               const NetworkWindow& window, const std::vector<int>& members,
                               const Watch& watch)
{
    const c10::NoGradGuard no_gradients;
    const Area& area = window.area;
    const Recipe& recipe = request.recipe;
    const Picture& picture = request.picture;
    NetworkRun run(model, recipe, measure_window(model, request, window), members);
    const Previews previews(crop(picture, area), crop(request.mask, area), {0, 0, area.width, area.height},
                            std::max(1, request.preview_longest));

    WindowFill fill;
    fill.finished = walk(run, previews, request.preview_longest, watch);
    watch.kept.end_part();
    for (const Casualty& casualty : run.casualties())
        fill.problems[casualty.member] = describe(casualty, recipe);
    const Tensor pictures = run.pictures();
    for (std::size_t row = 0; row < run.members().size(); ++row) {
        const Tensor estimate = pictures.narrow(0, static_cast<std::int64_t>(row), 1).clamp(-1, 1);
        fill.patches[run.members()[row]] = {
            .x = area.x,
            .y = area.y,
            .pixels = picture_like(picture, resized(estimate, area.height, area.width)[0]),
            .raw = recipe.raw};
    }
    return fill;
}

Picture base_of_task(const DatasetModel& model, const Picture& picture, const Recipe& recipe)
{
    const c10::NoGradGuard no_gradients;
    return base_of(measure_task(model, picture, recipe));
}

TaskFill fill_task(const DatasetModel& model, const Picture& picture, const Recipe& recipe,
                   const std::vector<int>& members, int preview_longest, const Watch& watch)
{
    const c10::NoGradGuard no_gradients;
    const Measurement measured = measure_task(model, picture, recipe);
    TaskFill result;
    NetworkRun run(model, recipe, measured, members);
    const Picture base = base_of(measured);
    const int width = base.width, height = base.height;
    const Previews previews(base, whole_mask(width, height), {0, 0, width, height},
                            std::max(1, preview_longest));
    result.fill.finished = walk(run, previews, preview_longest, watch);
    watch.kept.end_part();
    for (const Casualty& casualty : run.casualties())
        result.fill.problems[casualty.member] = describe(casualty, recipe);
    const auto A = [&](const Tensor& x) { return measured.op->A(x); };
    const auto A_pinv = [&](const Tensor& y) { return measured.op->A_pinv(y); };
    const Tensor pictures = run.pictures();
    for (std::size_t row = 0; row < run.members().size(); ++row) {
        const int member = run.members()[row];
        const Tensor x = pictures.narrow(0, static_cast<std::int64_t>(row), 1);
        result.fill.patches[member] = {.pixels = picture_like(rgb_form, x.clamp(-1, 1)[0])};
        result.consistency_db[member] = low_resolution_psnr(x, measured.y, A, A_pinv)[0];
        if (measured.truth.defined())
            result.psnr_db[member] = psnr(x, measured.truth)[0];
    }
    return result;
}

FillEstimate estimate_network_fill(const DatasetModel& model, const FillRequest& request)
{
    const Recipe& recipe = request.recipe;
    const c10::NoGradGuard no_gradients;
    const int all = recipe.pool > 0 ? recipe.pool : recipe.count;
    std::vector<int> members(static_cast<std::size_t>(std::min(all, recipe.count)));
    for (std::size_t i = 0; i < members.size(); ++i)
        members[i] = static_cast<int>(i);
    const int groups = (all + recipe.count - 1) / recipe.count;

    FillEstimate estimate{.batch = static_cast<int>(members.size())};
    const auto add = [&](Measurement measured) {
        NetworkRun run(model, recipe, std::move(measured), members);
        // The first step prepares the network for its shape; the second is what a step costs.
        const auto seconds_of_a_step = [&run] {
            const auto start = std::chrono::steady_clock::now();
            run.next();
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        };
        double seconds = seconds_of_a_step();
        if (!run.done())
            seconds = seconds_of_a_step();
        const int calls_of_a_step = std::max(1, run.forward_done() / 2);
        estimate.forward += groups * run.cost().forward;
        estimate.backward += groups * run.cost().backward;
        estimate.seconds += groups * seconds * run.cost().forward / calls_of_a_step;
    };
    if (recipe.task != "inpaint") {
        add(measure_task(model, request.picture, recipe));
        return estimate;
    }
    for (const NetworkWindow& window : windows_of(model, request))
        add(measure_window(model, request, window));
    return estimate;
}

} // namespace lacuna
