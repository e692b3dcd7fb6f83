// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/shared_noise.h"

#include <algorithm>

#include <c10/core/GradMode.h>

#include "engine/core/error.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/diffusion/sample_run.h"
#include "engine/metrics/reproducibility.h"

namespace lacuna {

namespace {

constexpr double widest = 80, finest = 0.01; ///< levels worth a step for pictures in [-1,1]

/// Share of rows above the copy threshold, with its interval over rows.
Interval share_of_copies(const Tensor& similarity, std::uint64_t seed)
{
    const Tensor copies = similarity.gt(metrics::copy_threshold).to(at::kDouble).contiguous();
    return bootstrap_mean({copies.data_ptr<double>(), copies.data_ptr<double>() + copies.numel()},
                          {.seed = seed});
}

Interval mean_of(const Tensor& values, std::uint64_t seed)
{
    const Tensor v = values.to(at::kDouble).contiguous();
    return bootstrap_mean({v.data_ptr<double>(), v.data_ptr<double>() + v.numel()}, {.seed = seed});
}

} // namespace

Tensor samples_from_noise(Denoiser& denoiser, int size, const SharedNoiseOptions& options, double high,
                          double low, const EvaluationProgress& progress)
{
    const c10::AutoGradMode no_gradients(false);
    std::vector<double> levels;
    for (const double level : levels_between("edm", options.steps, high, low)) {
        const double rounded = level > 0 ? denoiser.round_sigma(level) : 0;
        if (levels.empty() || rounded < levels.back())
            levels.push_back(rounded);
    }
    std::vector<Tensor> parts;
    for (int first = 0; first < options.samples; first += options.batch) {
        if (first > 0 && !progress("samples", std::size_t(first), std::size_t(options.samples)))
            break;
        std::vector<int> members;
        for (int i = first; i < std::min(options.samples, first + options.batch); ++i)
            members.push_back(i);
        CounterNoise noise(options.seed, members);
        FirstOrder sampler(FirstOrderOptions::ddim());
        const Tensor z =
            noise.draw(at::empty({std::int64_t(members.size()), 3, size, size}), Purpose::Initial, 0);
        SampleRun run(sampler, denoiser, noise, levels, sampler.initial(z, levels.front()), members);
        while (!run.done())
            run.next();
        check(run.members().size() == members.size(), "all samples are finite");
        parts.push_back(run.x().to(at::kCPU, at::kFloat).clamp(-1, 1));
    }
    return at::cat(parts);
}

ReportTable shared_noise_table(const std::vector<SharedStart>& models, const AttributeJudge& judge,
                               const Tensor& training, int size, const SharedNoiseOptions& options,
                               const EvaluationProgress& progress)
{
    check(models.size() >= 2, "models to compare");
    double high = widest, low = finest;
    for (const SharedStart& model : models) {
        high = std::min(high, model.denoiser->sigma_max());
        low = std::max(low, model.denoiser->sigma_min());
    }
    const Tensor mean = training.mean(0), known = training - mean;
    ReportTable table{.id = "shared-noise",
                      .title = "Samples from the same noise, compared with those of " + models[0].name};
    table.note =
        "RP: share of pairs with M above 0.6, M the cosine of centred attribute features. Other noise: the "
        "same for pairs from different noise, what is alike anyway. GL: share of samples that are like no "
        "training picture.";
    table.columns = {{"RP"}, {"mean M"}, {"RP, other noise"}, {"GL"}};
    Tensor first;
    for (const SharedStart& model : models) {
        const Tensor samples = samples_from_noise(*model.denoiser, size, options, high, low, progress);
        const Tensor own = judge.features(samples) - mean;
        if (!first.defined())
            first = own;
        const std::int64_t pairs = std::min(first.size(0), own.size(0));
        const Tensor a = first.narrow(0, 0, pairs), b = own.narrow(0, 0, pairs);
        const Tensor same = metrics::paired_similarity(a, b);
        const Tensor nearest = std::get<0>(metrics::similarity_matrix(b, known).max(1));
        const Interval copied = share_of_copies(nearest, options.seed);
        ReportRow row{.name = model.name, .pictures = std::size_t(pairs)};
        row.cells = {share_of_copies(same, options.seed), mean_of(same, options.seed),
                     share_of_copies(metrics::paired_similarity(a, b.roll(1, 0)), options.seed),
                     Interval{1 - copied.value, 1 - copied.high, 1 - copied.low}};
        if (table.rows.empty()) // compared with itself
            row.cells[0] = row.cells[1] = std::nullopt;
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace lacuna
