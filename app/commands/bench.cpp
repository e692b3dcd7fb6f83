// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include "app/commands/bench_checkpoint.h"
#include "app/commands/bench_network.h"
#include "app/commands/bench_window.h"
#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/patch_coherence.h"
#include "app/commands/timing.h"
#include "engine/core/default_recipe.h"
#include "engine/core/device.h"
#include "engine/core/parallel.h"
#include "engine/core/philox.h"
#include "engine/diffusion/correction.h"
#include "engine/fill/fill_session.h"
#include "engine/scenes/examples.h"
#include "engine/selection/gallery_tree.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

double peak_megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

struct Task {
    Picture picture;
    Mask mask;
};

/// A part of an example picture around its hole's centre, with a square hole in the middle.
Task square_task(const Example& example, int width, int height, int hole)
{
    const int x = (example.picture.width - width) / 2, y = (example.picture.height - height) / 2;
    Task task{crop(example.picture, x, y, width, height), Mask(width, height)};
    for (int v = (height - hole) / 2; v < (height + hole) / 2; ++v)
        for (int u = (width - hole) / 2; u < (width + hole) / 2; ++u)
            task.mask.values[std::size_t(v) * width + u] = 255;
    return task;
}

CompletionSet fill(Session& session, const Task& task, const Recipe& recipe)
{
    return session.fill(
        FillRequest{.picture = task.picture, .mask = task.mask, .recipe = recipe, .preview_longest = 0},
        [](const Progress&) {}, {});
}

double mean_coherence(const Task& task, const CompletionSet& set)
{
    double sum = 0;
    for (const Completion& c : set.completions)
        sum += patch_coherence(task.picture, task.mask, c);
    return sum / double(set.completions.size());
}

/// Speed of This photo on the task of the targets, and how its cost grows with the hole and with the picture.
Json bench_speed(Session& session)
{
    const Example meadow = render_example("meadow");
    const Recipe recipe = default_recipe();
    const Task task = square_task(meadow, 384, 256, 96), half = square_task(meadow, 384, 256, 68);
    std::vector<double> times;
    for (int i = 0; i < 3; ++i)
        times.push_back(seconds([&] { fill(session, task, recipe); }));

    // 24 megapixels, tiled from the example, against the window that is cut out of it.
    constexpr int wide = 6000, high = 4000;
    Task large{make_picture(wide, high, 3, 8,
                            [&](std::uint8_t* out) {
                                for (int y = 0; y < high; ++y)
                                    for (int x = 0; x < wide; ++x)
                                        for (int c = 0; c < 3; ++c)
                                            *out++ = meadow.picture.row(
                                                y
                                                % meadow.picture.height)[3 * (x % meadow.picture.width) + c];
                            }),
               Mask(wide, high)};
    for (int y = 1900; y < 2100; ++y)
        std::fill_n(&large.mask.values[std::size_t(y) * wide + 2900], 200, 255);
    Task small{crop(large.picture, 2500, 1500, 1000, 1000), Mask(1000, 1000)};
    for (int y = 400; y < 600; ++y)
        std::fill_n(&small.mask.values[std::size_t(y) * 1000 + 400], 200, 255);
    return {{"five_completions_of_96x96_in_384x256_seconds", median(times)},
            {"time_for_twice_the_hole_area_ratio",
             paired_ratio(
                 3, [&] { fill(session, task, recipe); }, [&] { fill(session, half, recipe); })},
            {"hole_200x200_in_24_megapixels_over_1_megapixel_ratio",
             paired_ratio(
                 3, [&] { fill(session, large, recipe); }, [&] { fill(session, small, recipe); })},
            {"peak_megabytes", peak_megabytes()}};
}

/// Diversity and coherence with the default guidance over those without, same noise.
Json bench_guidance_effect(Session& session)
{
    Json rows = Json::array();
    for (const std::string& id : example_ids()) {
        const Example example = render_example(id);
        for (const Task& task : {Task{example.picture, example.mask}, square_task(example, 384, 256, 96)}) {
            Recipe guided = default_recipe(), plain = default_recipe();
            plain.eta = 0;
            double distance[2] = {0, 0}, coherence[2] = {0, 0};
            for (std::uint64_t seed = 1; seed <= 2; ++seed) {
                guided.seed = plain.seed = seed;
                const CompletionSet sets[2] = {fill(session, task, plain), fill(session, task, guided)};
                for (int k = 0; k < 2; ++k) {
                    distance[k] += sets[k].mean_distance_gray / 2;
                    coherence[k] += mean_coherence(task, sets[k]) / 2;
                }
            }
            rows.push_back({{"picture", id + (task.picture.width == 384 ? ", 96x96 hole" : "")},
                            {"mean_distance_plain_gray", distance[0]},
                            {"mean_distance_guided_gray", distance[1]},
                            {"distance_ratio", distance[1] / distance[0]},
                            {"coherence_plain_gray", coherence[0]},
                            {"coherence_guided_gray", coherence[1]},
                            {"coherence_ratio", coherence[1] / coherence[0]}});
        }
    }
    return rows;
}

Json bench_selection()
{
    Json rows = Json::array();
    for (const int n : {100, 1000, 10000}) {
        const Tensor features = at::empty({n, 25}, at::kFloat);
        standard_normals({.seed = 7}, features.data_ptr<float>(), std::size_t(n) * 25);
        for (const char* rule : {"fps", "kmeans", "uniform"}) {
            std::vector<double> times;
            for (int i = 0; i < (n < 10000 ? 5 : 3); ++i)
                times.push_back(seconds([&] { select(features, 5, rule, 1); }));
            rows.push_back({{"candidates", n}, {"rule", rule}, {"milliseconds", 1000 * median(times)}});
        }
    }
    return rows;
}

/// The tree of the gallery on one core.
Json bench_tree()
{
    Json rows = Json::array();
    set_parallel_threads(1);
    for (const int n : {1000, 10000}) {
        std::vector<float> values(std::size_t(n) * 25);
        standard_normals({.seed = 7}, values.data(), values.size());
        const FeatureRows features(values, 25);
        for (const Rule rule : {Rule::FarthestPoint, Rule::KMeans, Rule::Uniform}) {
            std::vector<double> times;
            for (int i = 0; i < (n < 10000 ? 5 : 3); ++i)
                times.push_back(seconds(
                    [&] { build_tree(features, std::vector<Candidate>(std::size_t(n)), {.rule = rule}); }));
            rows.push_back({{"candidates", n}, {"rule", name(rule)}, {"milliseconds", 1000 * median(times)}});
        }
    }
    use_threads();
    return rows;
}

/// Convolutions with as many operations as a step of a small network (2.6 GFLOP a picture of 64 x 64).
class NetworkSized final : public Denoiser {
public:
    NetworkSized()
    {
        for (Tensor* weight : {&in_, &middle_, &out_}) {
            *weight = weight == &in_    ? at::empty({64, 3, 3, 3})
                      : weight == &out_ ? at::empty({3, 64, 3, 3})
                                        : at::empty({64, 64, 3, 3});
            standard_normals({.seed = 3}, weight->data_ptr<float>(), std::size_t(weight->numel()));
            weight->mul_(0.04);
        }
    }
    Tensor x0(const Tensor& x, double) override
    {
        Tensor h = at::conv2d(x, in_, {}, 1, 1);
        for (int i = 0; i < 9; ++i)
            h = at::relu(at::conv2d(h, middle_, {}, 1, 1));
        return at::conv2d(h, out_, {}, 1, 1).clamp(-1, 1);
    }

private:
    Tensor in_, middle_, out_;
};

double guidance_overhead()
{
    const c10::InferenceMode no_gradients;
    NetworkSized network;
    Tensor keep = at::ones({1, 1, 64, 64});
    keep.narrow(2, 16, 32).narrow(3, 16, 32).fill_(0);
    const Tensor known = at::zeros({1, 3, 64, 64});
    Correction guided(Repulsion{.eta = 0.3, .bound_rms = 1.0}, known, keep);
    Correction plain(Repulsion{.eta = 0, .bound_rms = 1.0}, known, keep);
    Tensor x = at::empty({5, 3, 64, 64});
    standard_normals({.seed = 5}, x.data_ptr<float>(), std::size_t(x.numel()));
    const auto steps = [&](Correction& correction) {
        CorrectedDenoiser denoiser(network, correction);
        for (int i = 0; i < 4; ++i)
            denoiser.x0(x, 1.0);
    };
    steps(guided);
    return paired_ratio(
        15, [&] { steps(guided); }, [&] { steps(plain); });
}

int bench(const std::vector<std::string>& only, bool json)
{
    use_threads();
    const auto session = make_fill_session();
    const std::vector<std::pair<std::string, std::function<Json()>>> rows = {
        {"this_photo", [&] { return bench_speed(*session); }},
        {"guidance_effect", [&] { return bench_guidance_effect(*session); }},
        {"selection", bench_selection},
        {"tree", bench_tree},
        {"guidance_overhead_ratio", [] { return Json(guidance_overhead()); }},
        {"network", bench_network},
        {"checkpoint", bench_checkpoint},
        {"stroke", [] { return ask_application("--bench-stroke 8000"); }},
        {"window", bench_window},
    };
    Json result = {{"lacuna", LACUNA_VERSION}, {"cores", usable_cores()}};
    for (const auto& [name, measure] : rows)
        if (only.empty() || std::find(only.begin(), only.end(), name) != only.end())
            result[name] = measure();
    std::cout << result.dump(json ? -1 : 2) << "\n";
    return 0;
}

} // namespace

void add_bench(CLI::App& app, Chosen& chosen)
{
    auto only = std::make_shared<std::vector<std::string>>();
    CLI::App* command = app.add_subcommand(
        "bench", "Measure this machine: medians and side-by-side ratios (about six minutes)");
    command->add_option(
        "--only", *only,
        "Only these rows: this_photo, guidance_effect, selection, tree, guidance_overhead_ratio, "
        "network, checkpoint (writes 540 MB of temporary files), stroke, window");
    command->add_flag("--json", chosen.json, "Print one line of JSON");
    command->callback(
        [only, &chosen] { chosen.run = [only, &chosen] { return bench(*only, chosen.json); }; });
}

} // namespace lacuna::cli
