// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/prior_probability.h"

#include <cmath>

#include <c10/core/GradMode.h>

#include "engine/closed_form/finite_set.h"
#include "engine/core/error.h"
#include "engine/evaluation/digit_sampling.h"
#include "engine/metrics/moving_digits.h"
#include "engine/scenes/worlds/moving_digits.h"

namespace lacuna {

namespace {

constexpr int film_length = 32, given_frames = 3, step_pixels = 2;
constexpr double churn_amount = 0.9, particle_strength = 3;

enum class Way { Deterministic, Stochastic, Particles };

/// Share of the members that went right.
double share_right(const DigitMoment& moment, Denoiser& denoiser, Way way, const PriorOptions& options,
                   std::uint64_t seed)
{
    const DigitSampling sampling{.steps = options.steps,
                                 .churn = way == Way::Deterministic ? 0 : churn_amount,
                                 .strength = way == Way::Particles ? particle_strength : 0,
                                 .seed = seed};
    const Tensor start = metrics::centroids((moment.condition.narrow(1, given_frames - 1, 1) + 1) / 2);
    const Tensor directions = at::tensor({2.0, 0.0, -2.0, 0.0}, at::kDouble).view({2, 2});
    const int together = way == Way::Particles ? 2 : options.samples;
    double right = 0, all = 0;
    for (int first = 0; first < options.samples; first += together) {
        std::vector<int> members;
        for (int i = 0; i < together; ++i)
            members.push_back(first + i);
        const Tensor x = sample_digits(denoiser, sampling, members);
        const Tensor way_gone = metrics::centroids((x.clamp(-1, 1) + 1) / 2) - start;
        for (const std::int64_t direction : metrics::nearest_directions(way_gone, directions))
            right += direction == 0;
        all += double(x.size(0));
    }
    return right / all;
}

} // namespace

std::vector<DigitMoment> digit_moments(double p, int count, std::uint64_t seed)
{
    std::vector<DigitMoment> moments;
    for (std::uint64_t film_seed = seed << 32; int(moments.size()) < count; ++film_seed) {
        const scenes::DigitFilm film =
            scenes::render_film(scenes::DigitVariant::Horizontal, film_seed, film_length, {.right = p});
        if (film.path.changes.size() < 2)
            continue;
        const int t = film.path.changes[1]; // the way is drawn after this frame
        if (t < given_frames - 1 || t + 1 >= film_length)
            continue;
        std::vector<Tensor> given;
        for (int i = t - given_frames + 1; i <= t; ++i)
            given.push_back(state_of_frame(film.frames[std::size_t(i)]));
        moments.push_back({.condition = at::cat(given, 1),
                           .right = moved_frame(given.back(), step_pixels, 0),
                           .left = moved_frame(given.back(), -step_pixels, 0)});
    }
    return moments;
}

DigitModel exact_digit_model(double p)
{
    return [p](const DigitMoment& moment) {
        return std::make_unique<FiniteSet>(at::cat({moment.right, moment.left}),
                                           at::tensor({std::log(p), std::log(1 - p)}, at::kDouble));
    };
}

ReportTable prior_probability_table(const std::string& title, const std::map<double, DigitModel>& by_p,
                                    const PriorOptions& options, const Deadline& deadline,
                                    const EvaluationProgress& progress)
{
    check(options.samples % 2 == 0, "particles come in pairs");
    const c10::AutoGradMode no_gradients(false);
    ReportTable table{.id = "prior-probability", .title = title};
    table.columns = {
        {"p(right)", 1, false}, {"deterministic", 4}, {"stochastic", 4}, {"particle guidance", 4}};
    table.note = "Share of next frames that go right, where a digit's way is drawn anew with p(right).";
    std::size_t part = 0;
    for (const auto& [p, model] : by_p) {
        const Deadline own = deadline.share(1, by_p.size() - part++);
        const std::vector<DigitMoment> moments = digit_moments(p, options.films, options.seed + 1);
        std::vector<double> shares[3];
        for (std::size_t i = 0; i < moments.size(); ++i) {
            if (i > 0 && (own.passed() || !progress(table.id, i, moments.size())))
                break;
            const std::unique_ptr<Denoiser> denoiser = model(moments[i]);
            const std::uint64_t seed = (options.seed << 32) + i; // films do not share their noise
            for (const Way way : {Way::Deterministic, Way::Stochastic, Way::Particles})
                shares[int(way)].push_back(share_right(moments[i], *denoiser, way, options, seed));
        }
        ReportRow row{.name = "p = " + std::to_string(int(std::lround(100 * p))) + " %",
                      .pictures = shares[0].size(),
                      .cells = {Interval{p}}};
        for (const std::vector<double>& values : shares)
            row.cells.push_back(bootstrap_mean(values, {.seed = options.seed}));
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace lacuna
