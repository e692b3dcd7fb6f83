// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <numeric>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/features/weight_files.h"
#include "engine/fill/preview.h"
#include "engine/metrics/known_pixels.h"
#include "engine/metrics/lpips.h"
#include "engine/metrics/niqe_fit.h"
#include "engine/metrics/psnr.h"
#include "engine/metrics/ssim.h"
#include "engine/models/state_dict.h"
#include "engine/operators/degradation.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

struct MetricsArguments {
    PoolArguments pool{};
    std::string truth{}, niqe{}, heads{}, task{};
    bool lpips = false, each = false;
    int scale = 4;
    TableForm form = TableForm::Text;
};

/// One figure of every candidate; those that cannot be measured are not numbers.
struct Measured {
    std::string name;
    std::vector<double> values;
    int decimals = 3;
};

/// Mean over the pairs of different candidates; drawn again, a candidate has no distance from itself.
Interval mean_pair(const Tensor& distances)
{
    const Tensor d = distances.to(at::kDouble).contiguous();
    const double* value = d.data_ptr<double>();
    const auto size = std::size_t(d.size(0));
    return bootstrap(size,
                     [&](const std::vector<std::size_t>& drawn) {
                         double sum = 0;
                         int pairs = 0;
                         for (std::size_t i = 0; i < drawn.size(); ++i)
                             for (std::size_t j = 0; j < i; ++j)
                                 if (drawn[i] != drawn[j]) {
                                     sum += value[drawn[i] * size + drawn[j]];
                                     ++pairs;
                                 }
                         return sum / pairs;
                     },
                     {.resamples = size > 300 ? 100 : 1000});
}

Lpips read_lpips(const std::string& heads)
{
    TrunkWeights weights;
    std::map<std::string, std::vector<std::int64_t>> trunk, linear;
    for (const TrunkParameter& parameter : trunk_parameters(Trunk::Vgg16))
        trunk[parameter.name] = parameter.shape;
    std::vector<Tensor> list;
    const std::vector<std::int64_t> channels = trunk_channels(Trunk::Vgg16);
    for (std::size_t tap = 0; tap < channels.size(); ++tap)
        linear["lin" + std::to_string(tap) + ".model.1.weight"] = {1, channels[tap], 1, 1};
    for (auto& [name, tensor] : read_state_dict(Checkpoint::open(find_weight_file("vgg16")), trunk))
        weights[name] = tensor;
    const StateDict file = read_state_dict(Checkpoint::open(find_weight_file("lpips", heads)), linear);
    for (const auto& [name, shape] : linear) // lin0 .. lin4
        list.push_back(file.at(name));
    return Lpips(Trunk::Vgg16, std::move(weights), std::move(list));
}

/// Figures of candidates against the truth, and of their agreement with its measurement.
void compare_with_truth(const MetricsArguments& a, const Pool& pool, std::vector<Measured>& all)
{
    const Picture truth = to_rgb8(read_picture(a.truth));
    if (truth.width != pool.hole.width || truth.height != pool.hole.height)
        throw Error(ErrorKind::Input, a.truth, "has another size than the candidates",
                    "Use the picture that the candidates were made for");
    const Tensor target = tensor_of(truth);
    Measured psnr_values{"PSNR to the truth [dB]", {}, 2}, ssim_values{"SSIM to the truth", {}, 4};
    Measured full{"LR-PSNR, at full size [dB]", {}, 2}, low{"LR-PSNR, of the measurement [dB]", {}, 2};
    const auto op = a.task.empty() ? nullptr
                                   : make_operator({.task = a.task, .scale = a.scale, .keep = {}}, 3,
                                                   truth.height, truth.width);
    for (const Picture& picture : pool.pictures) {
        const Tensor image = tensor_of(to_rgb8(picture));
        psnr_values.values.push_back(psnr_8bit(image, target)[0]);
        ssim_values.values.push_back(ssim(image, target)[0]);
        if (op) {
            const auto A = [&](const Tensor& x) { return op->A(x); };
            full.values.push_back(low_resolution_psnr(image, op->A(target), A,
                                                      [&](const Tensor& y) { return op->A_pinv(y); })[0]);
            low.values.push_back(measurement_psnr(image, op->A(target), A)[0]);
        }
    }
    all.push_back(std::move(psnr_values));
    all.push_back(std::move(ssim_values));
    if (op) {
        all.push_back(std::move(full));
        all.push_back(std::move(low));
    }
}

/// By the parameters that come with Lacuna where none are given; then not for pictures that are too small for it.
void add_niqe_values(const MetricsArguments& a, const Pool& pool, std::vector<Measured>& all,
                     std::vector<std::string>& sentences)
{
    NiqeParameters parameters;
    try {
        parameters = a.niqe.empty() ? find_niqe_parameters() : find_niqe_parameters(a.niqe);
    } catch (const Error& error) {
        if (!a.niqe.empty())
            throw;
        sentences.push_back("NIQE was left out: " + error.subject() + " " + error.cause() + ".");
        return;
    }
    Measured values{niqe_name(parameters), {}, 3};
    std::string why;
    for (const Picture& picture : pool.pictures)
        try {
            values.values.push_back(niqe(picture, parameters.model));
        } catch (const Error& error) {
            values.values.push_back(std::nan(""));
            why = error.cause();
        }
    const bool judged = std::any_of(values.values.begin(), values.values.end(),
                                    [](double value) { return !std::isnan(value); });
    if (!judged && a.niqe.empty())
        return;
    if (!why.empty())
        sentences.push_back("NIQE could not judge all candidates: " + why + ".");
    if (const std::string note = niqe_note(parameters); !note.empty())
        sentences.push_back(note);
    all.push_back(std::move(values));
}

std::vector<Measured> measure(const MetricsArguments& a, const Pool& pool,
                              std::vector<std::string>& sentences)
{
    std::vector<Measured> all;
    if (pool.original && pool.hole.hole_pixels() < pool.hole.values.size()) {
        Measured changed{"known pixels changed", {}, 0};
        for (const Picture& picture : pool.pictures)
            changed.values.push_back(double(changed_known_pixels(picture, *pool.original, pool.hole)));
        const double sum = std::accumulate(changed.values.begin(), changed.values.end(), 0.0);
        const std::size_t known = pool.hole.values.size() - pool.hole.hole_pixels();
        sentences.push_back(std::to_string(std::llround(sum)) + " of "
                            + std::to_string(known * pool.pictures.size()) + " known pixels changed.");
        all.push_back(std::move(changed));
    }
    if (!a.truth.empty())
        compare_with_truth(a, pool, all);
    add_niqe_values(a, pool, all, sentences);
    return all;
}

/// Mean of what could be measured; equal pictures have no error and so an infinite PSNR, whose mean has no interval.
Cell mean_cell(const Measured& m)
{
    std::vector<double> values;
    std::copy_if(m.values.begin(), m.values.end(), std::back_inserter(values),
                 [](double value) { return !std::isnan(value); });
    if (values.empty())
        return {};
    if (std::any_of(values.begin(), values.end(), [](double value) { return std::isinf(value); }))
        return Figure{std::numeric_limits<double>::infinity(), m.decimals};
    return FigureInterval{bootstrap_mean(values), m.decimals};
}

int run(const MetricsArguments& a)
{
    use_threads();
    if (!a.task.empty() && a.truth.empty())
        throw Error(ErrorKind::Usage, "--task " + a.task, "needs the truth, which is measured again",
                    "Add --truth FILE", "Nothing was run.");
    Pool pool = read_pool(a.pool);
    const Tensor features = features_of(pool, a.pool);
    std::vector<std::string> sentences;
    const std::vector<Measured> all = measure(a, pool, sentences);

    Table table;
    if (a.each) {
        table.columns = {"file"};
        for (const Measured& m : all)
            table.columns.push_back(m.name);
        for (std::size_t i = 0; i < pool.candidates.size(); ++i) {
            table.rows.push_back({pool.candidates[i].file});
            for (const Measured& m : all)
                table.rows.back().push_back(Figure{m.values[i], m.decimals});
        }
    } else {
        table.columns = {"figure", "value"};
        table.rows.push_back({std::string("candidates"), std::int64_t(pool.candidates.size())});
        if (pool.candidates.size() > 1)
            table.rows.push_back({"mean distance of pairs: " + describe_features(a.pool),
                                  FigureInterval{mean_pair(pairwise_distances(features)), 4}});
        if (a.lpips && pool.candidates.size() > 1) {
            std::vector<Tensor> images;
            for (const Picture& picture : pool.pictures)
                images.push_back(tensor_of(to_rgb8(picture)));
            table.rows.push_back(
                {std::string("LPIPS diversity (VGG-16, v0.1)"),
                 FigureInterval{mean_pair(read_lpips(a.heads).pairwise(at::cat(images, 0))), 4}});
        }
        for (const Measured& m : all)
            table.rows.push_back({"mean " + m.name, mean_cell(m)});
    }
    print(table, a.form, sentences, Json{{"notes", sentences}, {"problems", pool.problems}});
    return report_problems(pool, a.form);
}

} // namespace

void add_metrics(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<MetricsArguments>();
    std::vector<std::string> tasks = degradation_tasks();
    std::erase(tasks, "inpaint"); // known pixels tell more
    CLI::App* command =
        app.add_subcommand("metrics", "Measure candidates: diversity, quality, consistency, with intervals");
    add_pool_options(*command, a->pool);
    command->add_option("--truth", a->truth, "The true picture: adds PSNR and SSIM");
    command->add_option("--task", a->task, "Degradation of the truth: adds LR-PSNR by both definitions")
        ->check(CLI::IsMember(tasks));
    command->add_option("--scale", a->scale, "Of the tasks sr-* and cs")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option(
        "--niqe", a->niqe,
        "Parameters of NIQE: the published .mat or .npz, or a file of 'niqe fit' (default \"renders\": "
        "fitted on Lacuna's renders, not comparable with published NIQE)");
    command->add_flag("--lpips", a->lpips, "Add LPIPS diversity (needs the published weights)");
    command->add_option("--lpips-heads", a->heads, "File of LPIPS' linear heads");
    command->add_flag("--each", a->each, "A row for each candidate instead of means");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
