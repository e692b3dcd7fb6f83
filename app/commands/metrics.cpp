// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "app/commands/feature_choice.h"
#include "app/commands/measures.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/known_pixels.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_tensor.h"
#include "engine/evaluation/frechet.h"
#include "engine/metrics/niqe_fit.h"
#include "engine/metrics/psnr.h"
#include "engine/metrics/ssim.h"
#include "engine/operators/degradation.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

struct MetricsArguments {
    PoolArguments pool{};
    MeasureArguments measures{};
    std::string truth{}, task{}, reference{};
    bool each = false;
    int scale = 4;
    TableForm form = TableForm::Text;
};

/// One figure of every candidate; those that cannot be measured are not numbers.
struct Measured {
    std::string name;
    std::vector<double> values;
    int decimals = 3;
};

/// Figures of candidates against the truth, and of their agreement with its measurement.
void compare_with_truth(const MetricsArguments& a, const Pool& pool, const Lpips* lpips,
                        std::vector<Measured>& all)
{
    const Picture truth = to_rgb8(read_picture(a.truth));
    if (truth.width != pool.hole.width || truth.height != pool.hole.height)
        throw Error(ErrorKind::Input, a.truth, "has another size than the candidates",
                    "Use the picture that the candidates were made for");
    const Tensor target = tensor_of(truth);
    Measured psnr_values{"PSNR to the truth [dB]", {}, 2}, ssim_values{"SSIM to the truth", {}, 4};
    Measured full{"LR-PSNR, at full size [dB]", {}, 2}, low{"LR-PSNR, of the measurement [dB]", {}, 2};
    Measured perceived{"LPIPS to the truth (VGG-16, v0.1)", {}, 4};
    const auto op = a.task.empty() ? nullptr
                                   : make_operator({.task = a.task, .scale = a.scale, .keep = {}}, 3,
                                                   truth.height, truth.width);
    for (const Picture& picture : pool.pictures) {
        const Tensor image = tensor_of(to_rgb8(picture));
        psnr_values.values.push_back(psnr_8bit(image, target)[0]);
        ssim_values.values.push_back(ssim(image, target)[0]);
        if (lpips)
            perceived.values.push_back(lpips->distance(image, target)[0].item<double>());
        if (op) {
            const auto A = [&](const Tensor& x) { return op->A(x); };
            full.values.push_back(low_resolution_psnr(image, op->A(target), A,
                                                      [&](const Tensor& y) { return op->A_pinv(y); })[0]);
            low.values.push_back(measurement_psnr(image, op->A(target), A)[0]);
        }
    }
    all.push_back(std::move(psnr_values));
    all.push_back(std::move(ssim_values));
    if (lpips)
        all.push_back(std::move(perceived));
    if (op) {
        all.push_back(std::move(full));
        all.push_back(std::move(low));
    }
}

/// By the parameters that come with Lacuna where none are given; then not for pictures that are too small for it.
void add_niqe_values(const std::string& file, const Pool& pool, std::vector<Measured>& all,
                     std::vector<std::string>& sentences)
{
    NiqeParameters parameters;
    try {
        parameters = file.empty() ? find_niqe_parameters() : find_niqe_parameters(file);
    } catch (const Error& error) {
        if (!file.empty())
            throw;
        sentences.push_back("NIQE was left out: " + error.subject() + " " + error.cause() + ".");
        return;
    }
    std::string why;
    Measured values{niqe_name(parameters), niqe_of(pool.pictures, parameters.model, why), 3};
    const bool judged = std::any_of(values.values.begin(), values.values.end(),
                                    [](double value) { return !std::isnan(value); });
    if (!judged && file.empty())
        return;
    if (!why.empty())
        sentences.push_back("NIQE could not judge all candidates: " + why + ".");
    if (const std::string note = niqe_note(parameters); !note.empty())
        sentences.push_back(note);
    all.push_back(std::move(values));
}

std::vector<Measured> measure(const MetricsArguments& a, const Pool& pool, const Lpips* lpips,
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
        compare_with_truth(a, pool, lpips, all);
    add_niqe_values(a.measures.niqe, pool, all, sentences);
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

/// How far the candidates are from the pictures of another folder, by the same features.
void compare_with_reference(const MetricsArguments& a, Pool& pool, const Comparison& comparison,
                            const Tensor& features, Table& table, std::vector<std::string>& sentences)
{
    Pool reference = read_pool({.paths = {a.reference}});
    const Picture &one = reference.pictures.front(), &ours = pool.pictures.front();
    if (one.width != ours.width || one.height != ours.height)
        throw Error(ErrorKind::Input, a.reference,
                    "has pictures of " + std::to_string(one.width) + " x " + std::to_string(one.height)
                        + " pixels, the candidates have " + std::to_string(ours.width) + " x "
                        + std::to_string(ours.height),
                    "Give pictures of the candidates' size");
    const Tensor others = features_of(reference, comparison);
    pool.problems.insert(pool.problems.end(), reference.problems.begin(), reference.problems.end());
    if (features.size(0) < 2 || others.size(0) < 2) {
        sentences.push_back("A Frechet distance needs two candidates and two pictures of the reference.");
        return;
    }
    // The same axes for both; all of them together lose nothing.
    const Tensor both = at::cat({features, others}, 0);
    const int most = int(both.size(0)), kept = a.pool.features.components;
    const Tensor reduced = principal_components(both, kept == 0 ? most : kept);
    table.rows.push_back(
        {"Frechet distance to the reference: " + describe_features(a.pool.features) + ", "
             + std::to_string(reduced.size(1)) + " components",
         FigureInterval{frechet_interval(reduced.narrow(0, 0, features.size(0)),
                                         reduced.narrow(0, features.size(0), others.size(0))),
                        4}});
    table.rows.push_back({std::string("pictures of the reference"), others.size(0)});
}

Table table_of_each(const Pool& pool, const std::vector<Measured>& all)
{
    Table table{.columns = {"file"}};
    for (const Measured& m : all)
        table.columns.push_back(m.name);
    for (std::size_t i = 0; i < pool.candidates.size(); ++i) {
        table.rows.push_back({pool.candidates[i].file});
        for (const Measured& m : all)
            table.rows.back().push_back(Figure{m.values[i], m.decimals});
    }
    return table;
}

int run(const MetricsArguments& a)
{
    use_threads();
    if (!a.task.empty() && a.truth.empty())
        throw Error(ErrorKind::Usage, "--task " + a.task, "needs the truth, which is measured again",
                    "Add --truth FILE", "Nothing was run.");
    const std::optional<Lpips> lpips =
        a.measures.lpips ? std::optional(read_lpips(a.measures, a.pool.features)) : std::nullopt;
    Pool pool = read_pool(a.pool);
    const Comparison comparison = comparison_of(pool.hole, a.pool.features);
    const Tensor features = features_of(pool, comparison);
    std::vector<std::string> sentences;
    const std::vector<Measured> all = measure(a, pool, lpips ? &*lpips : nullptr, sentences);

    Table table{.columns = {"figure", "value"}};
    if (a.each) {
        table = table_of_each(pool, all);
    } else {
        table.rows.push_back({std::string("candidates"), std::int64_t(pool.candidates.size())});
        if (pool.candidates.size() > 1)
            table.rows.push_back({"mean distance of pairs: " + describe_features(a.pool.features),
                                  FigureInterval{mean_pair(pairwise_distances(features)), 4}});
        if (lpips && pool.candidates.size() > 1)
            table.rows.push_back({std::string("LPIPS diversity (VGG-16, v0.1)"),
                                  FigureInterval{mean_pair(lpips->pairwise(rgb_images(pool.pictures))), 4}});
        if (!a.reference.empty())
            compare_with_reference(a, pool, comparison, features, table, sentences);
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
    add_feature_options(*command, a->pool.features);
    add_component_option(*command, a->pool.features);
    add_measure_options(*command, a->measures);
    command->add_option("--reference", a->reference,
                        "Folder of pictures, such as true ones: adds the Frechet distance to them");
    command->add_option("--truth", a->truth, "The true picture: adds PSNR and SSIM");
    command->add_option("--task", a->task, "Degradation of the truth: adds LR-PSNR by both definitions")
        ->check(CLI::IsMember(tasks));
    command->add_option("--scale", a->scale, "Of the tasks sr-* and cs")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_flag("--each", a->each, "A row for each candidate instead of means");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
