// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/window_fill.h"

#include <algorithm>
#include <chrono>

#include "engine/closed_form/this_photo.h"
#include "engine/fill/casualty_text.h"
#include "engine/fill/measurement.h"
#include "engine/fill/member_distances.h"
#include "engine/fill/preview.h"

namespace lacuna {

namespace {

std::vector<Preview> previews_of(const ThisPhotoRun& run, const std::vector<MemberDistance>& distances,
                                 const Previews& previews)
{
    std::vector<Preview> list;
    for (std::size_t row = 0; row < distances.size(); ++row)
        list.push_back(
            {.member = distances[row].member,
             .picture = previews.with(run.level_pictures().narrow(0, static_cast<std::int64_t>(row), 1)),
             .nearest_gray = distances[row].nearest_gray,
             .pushed = distances[row].pushed});
    return list;
}

} // namespace

WindowFill fill_window(const Picture& picture, const Mask& mask, const Area& window, const Recipe& recipe,
                       const std::vector<int>& members, int preview_longest, const Watch& watch)
{
    const Picture part = crop(picture, window);
    const Mask part_mask = crop(mask, window);
    const ThisPhotoOptions options;
    ThisPhotoRun run(finest_level(part, part_mask, options), recipe, members, options);
    const Previews previews(part, part_mask, run.area(), std::max(1, preview_longest));

    const auto exchange = [&run](StateExchange& state) { run.exchange(state); };
    const auto progress_so_far = [&run] {
        return WindowProgress{.evaluations_done = run.evaluations_done(),
                              .evaluations = run.evaluations(),
                              .work_left = run.work_left()};
    };
    WindowFill fill;
    bool show = true;
    if (watch.kept.resume(exchange))
        show = watch.report(progress_so_far());
    while (!run.done()) {
        if (watch.stop.stop_requested() && run.evaluations_done() > 0) {
            watch.kept.note(exchange);
            fill.finished = false;
            break;
        }
        run.next();
        watch.kept.note(exchange);
        WindowProgress progress = progress_so_far();
        if (preview_longest > 0 && (show || run.done())) {
            progress.distances = {.evaluation = run.evaluations_done(),
                                  .evaluations = run.evaluations(),
                                  .bound_gray = run.bound_rms() * gray_of_rms,
                                  .members = member_distances(run.distances(), run.members())};
            progress.previews = previews_of(run, progress.distances.members, previews);
        }
        show = watch.report(std::move(progress));
    }
    watch.kept.end_part();

    for (const Casualty& casualty : run.casualties())
        fill.problems[casualty.member] = describe(casualty, recipe);
    if (run.members().empty())
        return fill;
    const Tensor pictures = run.pictures();
    for (std::size_t row = 0; row < run.members().size(); ++row)
        fill.patches[run.members()[row]] = {
            .x = window.x + run.area().x,
            .y = window.y + run.area().y,
            .pixels = picture_like(picture, pictures[static_cast<std::int64_t>(row)])};
    return fill;
}

FillEstimate estimate_window(const Picture& picture, const Mask& mask, const Area& window,
                             const Recipe& recipe, const std::vector<int>& members)
{
    constexpr int measured_steps = 3;
    const Picture part = crop(picture, window);
    const ThisPhotoOptions options;
    ThisPhotoRun run(finest_level(part, crop(mask, window), options), recipe, members, options);
    const auto start = std::chrono::steady_clock::now();
    for (int step = 0; step < measured_steps && !run.done(); ++step)
        run.next();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return {.forward = run.evaluations(),
            .batch = static_cast<int>(members.size()),
            .seconds = seconds / std::max(1e-9, 1 - run.work_left())};
}

} // namespace lacuna
