// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_network.h"

#include <atomic>
#include <thread>

#include <c10/core/InferenceMode.h>

#include "app/commands/timing.h"
#include "engine/core/philox.h"
#include "engine/models/convolution_speed.h"
#include "engine/models/planned_network.h"
#include "engine/models/random_weights.h"
#include "engine/models/unet_config.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr PictureSize picture{64, 64};

Tensor normals(at::IntArrayRef shape, std::uint32_t number)
{
    const Tensor values = at::empty(shape, at::kFloat);
    standard_normals({.seed = 11, .step = number}, values.data_ptr<float>(), std::size_t(values.numel()));
    return values;
}

/// Time beside a thread that is always busy over the time without it, alternately.
double busy_slowdown(int rounds, const std::function<void()>& work)
{
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        const double quiet = seconds(work);
        std::atomic<bool> enough = false;
        std::jthread neighbour([&] {
            while (!enough) {
            }
        });
        ratios.push_back(seconds(work) / quiet);
        enough = true;
    }
    return median(ratios);
}

Json measure(const AdmConfig& config, int rounds, double peak)
{
    const NetworkGraph graph = adm_graph(config);
    const ParameterShapes shapes = parameter_shapes(graph);
    EagerNetwork eager(graph, random_weights(shapes, 11));
    const double operations = 2 * multiplications(graph, picture) / 1e9;
    Json rows = Json::array();
    for (const std::int64_t count : {5, 1}) {
        PlannedNetwork plan(eager);
        const Tensor x = normals({count, 3, picture.height, picture.width}, 1u << 20);
        const Tensor t = at::full({count}, 300.0);
        Tensor planned;
        const double first = seconds([&] { planned = plan.forward(x, t); });
        const Tensor expected = eager.forward(x, t);
        std::vector<double> eager_times, plan_times, ratios;
        for (int i = 0; i < rounds; ++i) {
            eager_times.push_back(seconds([&] { eager.forward(x, t); }));
            plan_times.push_back(seconds([&] { plan.forward(x, t); }));
            ratios.push_back(eager_times.back() / plan_times.back());
        }
        const double speed = double(count) * operations / median(plan_times);
        rows.push_back(
            {{"pictures", count},
             {"eager_milliseconds", 1000 * median(eager_times)},
             {"plan_milliseconds", 1000 * median(plan_times)},
             {"plan_is_faster_by", median(ratios)},
             {"plan_gflops_as_direct_convolution", speed},
             {"share_of_direct_convolution_peak", peak > 0 ? speed / peak : 0},
             {"relative_rms_difference", ((planned - expected).norm() / expected.norm()).item<double>()},
             {"first_step_seconds", first},
             {"slowdown_beside_one_busy_thread", busy_slowdown(rounds, [&] { plan.forward(x, t); })}});
    }
    return {{"parameters", parameter_count(shapes)}, {"gflop_per_picture", operations}, {"steps", rows}};
}

} // namespace

Json bench_network()
{
    const c10::InferenceMode no_gradients;
    const AdmConfig s{.image_size = 64,
                      .num_channels = 64,
                      .num_res_blocks = 2,
                      .channel_mult = {1, 2, 3, 4},
                      .attention_resolutions = {16, 8},
                      .num_head_channels = 32,
                      .learn_sigma = true,
                      .resblock_updown = true};
    AdmConfig t = s;
    t.num_channels = 32;
    t.num_res_blocks = 1;
    t.channel_mult = {1, 2, 2, 3};
    const double peak = measure_direct_convolution();
    return {{"note", "ratios are against the same network as LibTorch operations in this program"},
            {"direct_convolution_peak_gflops", peak},
            {"T", measure(t, 9, peak)},
            {"S", measure(s, 5, peak)}};
}

} // namespace lacuna::cli
