// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/filler.h"

#include <algorithm>
#include <chrono>

#include <c10/core/GradMode.h>

#include "engine/core/error.h"
#include "engine/fill/network_run.h"
#include "engine/fill/preview.h"
#include "engine/models/threads_here.h"

namespace lacuna {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Tensor finished_fills(const KnownScene& scene, const Tensor& pictures)
{
    const Tensor hole = hole_of(scene.mask), known = tensor_of(scene.picture);
    const Tensor bytes = ((pictures.to(at::kCPU, at::kFloat).clamp(-1, 1) + 1) * 127.5).round();
    return at::where(hole > 0, bytes / 127.5 - 1, known);
}

Fills TruePosterior::fill(const KnownScene& scene, int count, std::uint64_t number)
{
    const auto start = std::chrono::steady_clock::now();
    const std::vector<std::uint64_t> seeds(static_cast<std::size_t>(count), scene.seed);
    std::vector<scenes::Attributes> attributes;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t draw = (stream_ << 28) + number * 1024 + static_cast<std::uint64_t>(i);
        attributes.push_back(
            redrawn(world_, scene.attributes, inside_, held_out_seed(HeldOut::Redraws, draw)));
    }
    Fills fills;
    fills.images = images_of(render_all(world_, seeds, attributes, scene.picture.width));
    fills.seconds = seconds_since(start);
    return fills;
}

Fills ModelFiller::fill(const KnownScene& scene, int count, std::uint64_t number)
{
    const c10::AutoGradMode no_gradients(false);
    const ThreadsHere one(1); // the network shares its work out itself
    const auto start = std::chrono::steady_clock::now();
    const int side = scene.picture.width;
    Recipe recipe = recipe_;
    recipe.count = count;
    recipe.seed = recipe_.seed + (number << 20);
    std::vector<int> members;
    for (int i = 0; i < count; ++i)
        members.push_back(i);
    const FillRequest request{.picture = scene.picture, .mask = scene.mask, .recipe = recipe};
    NetworkRun run(
        model_, recipe,
        measure_window(model_, request, {.area = {0, 0, side, side}, .width = side, .height = side}),
        members);
    while (!run.done())
        run.next();
    Fills fills;
    const Tensor pictures = run.pictures();
    if (run.members().empty())
        fills.images = at::empty({0, 3, side, side});
    else
        fills.images = finished_fills(scene, pictures);
    fills.forward = std::int64_t(run.cost().forward) * count;
    fills.backward = std::int64_t(run.cost().backward) * count;
    fills.seconds = seconds_since(start);
    return fills;
}

Fills SessionFiller::fill(const KnownScene& scene, int count, std::uint64_t number)
{
    constexpr int set_at_most = 64;
    const auto start = std::chrono::steady_clock::now();
    Fills fills;
    std::vector<Picture> pictures;
    for (int first = 0; first < count; first += set_at_most) {
        FillRequest request{
            .picture = scene.picture, .mask = scene.mask, .recipe = recipe_, .preview_longest = 0};
        request.recipe.count = std::min(set_at_most, count - first);
        request.recipe.seed = recipe_.seed + (number << 20) + static_cast<std::uint64_t>(first);
        int evaluations = 0;
        const auto report = [&](const Progress& progress) {
            evaluations = std::max(evaluations, progress.total);
        };
        for (const Completion& completion : session_->fill(request, report, {}).completions)
            if (completion.problem.empty())
                pictures.push_back(composite(scene.picture, scene.mask, completion));
        fills.forward += std::int64_t(evaluations) * request.recipe.count; // each is of all members
    }
    const int side = scene.picture.width;
    fills.images = pictures.empty() ? at::empty({0, 3, side, side}) : images_of(pictures);
    fills.seconds = seconds_since(start);
    return fills;
}

} // namespace lacuna
