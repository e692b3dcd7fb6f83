// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/fill_session.h"

#include <algorithm>
#include <chrono>
#include <set>

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include "engine/closed_form/this_photo.h"
#include "engine/core/device.h"
#include "engine/core/diversity.h"
#include "engine/core/error.h"
#include "engine/features/colour_gradient.h"
#include "engine/fill/figures.h"
#include "engine/fill/preview.h"
#include "engine/fill/window_fill.h"
#include "engine/selection/selection.h"

namespace lacuna {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void check_request(const FillRequest& request)
{
    const Picture& picture = request.picture;
    const Mask& mask = request.mask;
    const auto refuse = [](const std::string& subject, const std::string& cause, const std::string& action) {
        throw Error(ErrorKind::Input, subject, cause, action);
    };
    validate(request.recipe);
    if (request.recipe.model != "this-photo")
        throw Error(ErrorKind::Usage, "--model " + request.recipe.model,
                    "is not a model of this installation", "Run 'lacuna-cli models list' to see the models",
                    "Nothing was run.");
    if (picture.empty())
        refuse("picture", "has no pixels", "Open a picture first");
    if (mask.width != picture.width || mask.height != picture.height)
        refuse("mask",
               "is " + std::to_string(mask.width) + " x " + std::to_string(mask.height)
                   + " pixels, the picture " + std::to_string(picture.width) + " x "
                   + std::to_string(picture.height),
               "Use a mask of the picture's size");
    const std::size_t hole = mask.hole_pixels();
    if (hole == 0)
        refuse("mask", "is empty: there is no hole to fill",
               "Paint the part of the picture that is to be filled");
    if (hole == mask.values.size())
        refuse("mask", "covers the whole picture, and This photo learns from what is known",
               "Paint a smaller hole");
}

/// Tells the caller how far the whole set is, at most twelve times a second.
class Reporter {
public:
    Reporter(const FillRequest& request, const std::function<void(Progress)>& report, int parts)
        : request_(request),
          report_(report),
          parts_(parts)
    {
    }

    void begin_part() { ++part_; }
    bool step(WindowProgress window)
    {
        const double done = (part_ - window.work_left) / parts_;
        const double seconds = seconds_since(start_);
        const bool due = seconds - last_ >= 1.0 / 12 || window.evaluations_done == window.evaluations;
        if (due) {
            last_ = seconds;
            report_(Progress{.id = request_.id,
                             .phase = "Sampling",
                             .done = (part_ - 1) * window.evaluations + window.evaluations_done,
                             .total = parts_ * window.evaluations,
                             .seconds = seconds,
                             .seconds_left = done > 0.02 ? seconds / done * (1 - done) : -1,
                             .previews = std::move(window.previews)});
        }
        return seconds_since(start_) - last_ >= 1.0 / 12 - 0.02 || due;
    }
    void phase(const std::string& name) const
    {
        report_(Progress{.id = request_.id, .phase = name, .seconds = seconds_since(start_)});
    }
    double seconds() const { return seconds_since(start_); }

private:
    const FillRequest& request_;
    const std::function<void(Progress)>& report_;
    Clock::time_point start_ = Clock::now();
    int parts_;
    int part_ = 0;
    double last_ = -1;
};

/// Members that are sampled together: the whole set, or a pool in groups of the set's size, so that guidance
/// couples the same members however much memory there is.
std::vector<std::vector<int>> member_groups(const Recipe& recipe)
{
    const int all = recipe.pool > 0 ? recipe.pool : recipe.count;
    std::vector<std::vector<int>> groups;
    for (int member = 0; member < all; ++member) {
        if (member % recipe.count == 0)
            groups.emplace_back();
        groups.back().push_back(member);
    }
    return groups;
}

/// Selects the set from the pool by the features of the hole; indices into `pool`.
std::vector<int> select_from_pool(const std::vector<Completion>& pool, const FillRequest& request)
{
    std::vector<Tensor> rows;
    for (const Completion& completion : pool) {
        std::vector<Tensor> parts;
        for (const Patch& patch : completion.patches) {
            const Picture rgb = to_rgb8(patch.pixels);
            const Tensor region = at::empty({1, 1, rgb.height, rgb.width});
            for (int y = 0; y < rgb.height; ++y)
                for (int x = 0; x < rgb.width; ++x)
                    region.data_ptr<float>()[y * rgb.width + x] =
                        request.mask.is_hole(patch.x + x, patch.y + y) ? 1.f : 0.f;
            parts.push_back(ColourGradient(region).features(tensor_of(rgb)));
        }
        rows.push_back(at::cat(parts, 1));
    }
    const Tensor features = principal_components(at::cat(rows, 0), 25);
    return select(features, request.recipe.count, request.recipe.select, request.recipe.seed);
}

class FillSession final : public Session {
public:
    explicit FillSession(int threads)
    {
        use_threads(threads);
        // This photo works in loops of its own; tensor operations here are small, and OpenMP threads that wait for
        // them would spin.
        at::set_num_threads(1);
    }

    std::vector<ModelInfo> models() const override
    {
        return {{.id = "this-photo",
                 .name = "This photo",
                 .description =
                     "Learns from the known part of the picture itself; needs no training and no download."}};
    }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        check_request(request);
        const c10::InferenceMode no_gradients;
        const std::vector<Area> windows = find_windows(request.mask);
        const auto groups = member_groups(request.recipe);
        Reporter reporter(request, report, static_cast<int>(windows.size() * groups.size()));
        reporter.phase("Preparing");

        CompletionSet set;
        set.recipe = completed(request);
        for (const auto& members : groups) {
            if (stop.stop_requested() && !set.completions.empty())
                break;
            sample_group(request, windows, members, reporter, stop, set.completions);
        }
        set.stopped = stop.stop_requested();
        if (request.recipe.pool > 0)
            keep_selected(request, reporter, set.completions);
        for (Completion& completion : set.completions)
            completion.seam =
                completion.patches.empty() ? 0 : measure_seam(request.picture, request.mask, completion);
        measure_distances(set, request.mask);
        set.seconds = reporter.seconds();
        return set;
    }

private:
    static Recipe completed(const FillRequest& request)
    {
        Recipe recipe = request.recipe;
        recipe.version = LACUNA_VERSION;
        recipe.picture_sha256 = content_hash(request.picture);
        recipe.mask_sha256 = content_hash(request.mask);
        recipe.model_sha256 = this_photo_hash({});
        return recipe;
    }

    static void sample_group(const FillRequest& request, const std::vector<Area>& windows,
                             const std::vector<int>& members, Reporter& reporter, std::stop_token stop,
                             std::vector<Completion>& completions)
    {
        std::map<int, Completion> by_member;
        for (const int member : members)
            by_member[member].member = member;
        for (const Area& window : windows) {
            reporter.begin_part();
            std::vector<int> alive;
            for (const auto& [member, completion] : by_member)
                if (completion.problem.empty())
                    alive.push_back(member);
            if (alive.empty())
                break;
            const WindowFill filled = fill_window(
                request.picture, request.mask, window, request.recipe, alive, request.preview_longest,
                [&](WindowProgress progress) { return reporter.step(std::move(progress)); }, stop);
            for (const auto& [member, patch] : filled.patches)
                by_member[member].patches.push_back(patch);
            for (const auto& [member, problem] : filled.problems) {
                by_member[member].problem = problem;
                by_member[member].patches.clear();
            }
            for (const int member : alive)
                by_member[member].finished = by_member[member].finished && filled.finished;
        }
        for (auto& [member, completion] : by_member)
            completions.push_back(std::move(completion));
    }

    static void keep_selected(const FillRequest& request, Reporter& reporter,
                              std::vector<Completion>& completions)
    {
        std::vector<Completion> pool;
        for (const Completion& completion : completions)
            if (completion.finished && completion.problem.empty())
                pool.push_back(completion);
        if (pool.size() <= static_cast<std::size_t>(request.recipe.count))
            return; // stopped early: what there is is shown
        reporter.phase("Selecting");
        std::vector<Completion> selected;
        for (const int index : select_from_pool(pool, request))
            selected.push_back(pool[static_cast<std::size_t>(index)]);
        completions = std::move(selected);
    }
};

} // namespace

std::unique_ptr<Session> make_fill_session(int threads)
{
    return std::make_unique<FillSession>(threads);
}

Recipe default_recipe()
{
    const Diversity strength = diversity(default_dial);
    Recipe recipe;
    recipe.sampler = "ddpm";
    recipe.eta = strength.eta;
    recipe.bound = {strength.bound_gray, BoundConvention::GrayLevels};
    return recipe;
}

} // namespace lacuna
