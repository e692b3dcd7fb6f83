// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/model_evaluation.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/evaluation/fill_figures.h"

namespace lacuna {

namespace {

/// What is counted of one scene, for fills or for renders.
struct SceneCounts {
    double valid = 0, asked = 0;
    double seam = 0, measured = 0; ///< sums over fills
};

SceneCounts count(const KnownScene& scene, const AttributePlaces& places, const Judgement& judgement,
                  const Validity& validity, const Tensor& images, int asked)
{
    SceneCounts counts{.asked = double(asked), .measured = double(images.size(0))};
    for (const bool valid : validity.valid(scene, places, judgement))
        counts.valid += valid;
    for (const Tensor& image : images.unbind(0))
        counts.seam += seam_of(scene, image);
    return counts;
}

double ratio(const std::vector<SceneCounts>& scenes, const std::vector<std::size_t>& some,
             double SceneCounts::*of, double SceneCounts::*over)
{
    double sum = 0, all = 0;
    for (const std::size_t i : some) {
        sum += scenes[i].*of;
        all += scenes[i].*over;
    }
    return sum / all;
}

/// Intervals over scenes of a ratio of sums, for fills, for renders, and of the first to the second.
struct Compared {
    Interval fills{}, renders{}, relative{};
};

Compared compare(const std::vector<SceneCounts>& fills, const std::vector<SceneCounts>& renders,
                 double SceneCounts::*of, double SceneCounts::*over, std::uint64_t seed)
{
    const auto of_fills = [&](const auto& some) { return ratio(fills, some, of, over); };
    const auto of_renders = [&](const auto& some) { return ratio(renders, some, of, over); };
    const BootstrapOptions options{.seed = seed};
    return {bootstrap(fills.size(), of_fills, options), bootstrap(fills.size(), of_renders, options),
            bootstrap(
                fills.size(), [&](const auto& some) { return of_fills(some) / of_renders(some); }, options)};
}

} // namespace

Deadline Deadline::in_minutes(double minutes)
{
    Deadline deadline;
    deadline.limited_ = minutes > 0;
    deadline.at_ = std::chrono::steady_clock::now()
                   + std::chrono::milliseconds(static_cast<std::int64_t>(std::max(0.0, minutes) * 60e3));
    return deadline;
}

Deadline Deadline::share(std::size_t part, std::size_t parts) const
{
    Deadline deadline = *this;
    const auto now = std::chrono::steady_clock::now();
    if (limited_)
        deadline.at_ = now + (at_ - now) * static_cast<std::int64_t>(part) / static_cast<std::int64_t>(parts);
    return deadline;
}

MaskEvaluation evaluate_mask(const scenes::World& world, const AttributeJudge& judge,
                             const Validity& validity, Filler& filler, const std::string& mask, int size,
                             const EvaluationOptions& options, const Deadline& deadline,
                             const EvaluationProgress& progress)
{
    const AttributePlaces places = attribute_places(world, mask, size);
    TruePosterior truth(world, places.inside);
    MaskEvaluation result{.mask = mask};
    std::vector<SceneCounts> fill_counts, render_counts;
    std::vector<std::vector<Reading>> fill_readings, render_readings;
    const int scenes = (options.fills + options.per_scene - 1) / options.per_scene;
    for (int i = 0; i < scenes; ++i) {
        if (i > 0 && (deadline.passed() || !progress(mask, std::size_t(i), std::size_t(scenes))))
            break;
        const auto number = static_cast<std::uint64_t>(i);
        const KnownScene scene = make_scene(world, held_out_seed(HeldOut::Holes, number), mask, size);
        const int asked = std::min(options.per_scene, options.fills - i * options.per_scene);
        const Tensor images = filler.fill(scene, asked, options.seed * 1'000'003 + number).images;
        result.failed += static_cast<std::size_t>(asked - images.size(0));
        result.fills += static_cast<std::size_t>(asked);
        if (images.size(0) > 0) {
            const Judgement judged = judge.judge(images);
            fill_readings.push_back(judge.read(judged));
            fill_counts.push_back(count(scene, places, judged, validity, images, asked));
        } else
            fill_counts.push_back({.asked = double(asked)});

        const Tensor real = truth.fill(scene, options.per_scene, options.seed * 1'000'003 + number).images;
        const Judgement judged = judge.judge(real);
        render_readings.push_back(judge.read(judged));
        render_counts.push_back(count(scene, places, judged, validity, real, options.per_scene));
    }
    result.scenes = fill_counts.size();
    const Compared valid =
        compare(fill_counts, render_counts, &SceneCounts::valid, &SceneCounts::asked, options.seed);
    const Compared seam =
        compare(fill_counts, render_counts, &SceneCounts::seam, &SceneCounts::measured, options.seed);
    result.valid = valid.fills, result.valid_renders = valid.renders, result.relative = valid.relative;
    result.seam = seam.fills, result.seam_renders = seam.renders, result.seam_ratio = seam.relative;
    if (!fill_readings.empty())
        result.calibration = calibrate(world, places.inside, fill_readings, options.seed);
    result.calibration_of_renders = calibrate(world, places.inside, render_readings, options.seed);
    return result;
}

} // namespace lacuna
