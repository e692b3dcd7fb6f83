// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/particle_strength.h"

#include <cmath>
#include <numeric>

#include <c10/core/GradMode.h>

#include "engine/closed_form/finite_set.h"
#include "engine/evaluation/digit_sampling.h"
#include "engine/figures/drawing.h"
#include "engine/metrics/moving_digits.h"
#include "engine/scenes/worlds/moving_digits.h"

namespace lacuna {

namespace {

constexpr int step_pixels = 4;
constexpr int ways[8][2] = {{-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}};

Tensor direction_vectors()
{
    std::vector<double> values;
    for (const auto& way : ways)
        values.insert(values.end(), {double(way[0]), double(way[1])});
    return at::tensor(values, at::kDouble).view({8, 2});
}

/// A digit in the middle, and all frames that can follow.
struct Crossroads {
    Tensor condition; ///< [1,1,32,32] in [-1,1]
    Tensor next;      ///< [8,1,32,32]
};

Crossroads crossroads(std::uint64_t seed)
{
    const Tensor condition =
        state_of_frame(scenes::render_film(scenes::DigitVariant::Circle, seed, 1).frames.front());
    std::vector<Tensor> next;
    for (const auto& way : ways)
        next.push_back(moved_frame(condition, step_pixels * way[0], step_pixels * way[1]));
    return {condition, at::cat(next)};
}

struct Measured {
    std::vector<double> modes{}, quality{}; ///< of each film
};

Measured measure(const DigitSampling& sampling, const ParticleStrengthOptions& options)
{
    std::vector<int> members(static_cast<std::size_t>(options.batch));
    std::iota(members.begin(), members.end(), 0);
    Measured measured;
    for (int film = 0; film < options.films; ++film) {
        const Crossroads here = crossroads(static_cast<std::uint64_t>(film));
        FiniteSet exact(here.next);
        const Tensor frames = (sample_digits(exact, sampling, members).clamp(-1, 1) + 1) / 2;
        const Tensor before = (here.condition + 1) / 2;
        const Tensor way_gone = metrics::centroids(frames) - metrics::centroids(before);
        measured.modes.push_back(
            double(metrics::mode_count(metrics::nearest_directions(way_gone, direction_vectors()))));
        const std::vector<double> each =
            metrics::quality(frames, before, metrics::ShiftRounding::ThirtySeconds);
        measured.quality.push_back(std::accumulate(each.begin(), each.end(), 0.0) / double(each.size()));
    }
    return measured;
}

std::vector<double> usual_strengths()
{
    std::vector<double> strengths{0};
    for (int i = -4; i <= 4; ++i)
        strengths.push_back(std::pow(10, i / 4.0));
    return strengths;
}

} // namespace

std::vector<ReportTable> particle_strength_tables(const ParticleStrengthOptions& options,
                                                  const EvaluationProgress& progress)
{
    const c10::AutoGradMode no_gradients(false);
    const std::vector<double> strengths = options.strengths.empty() ? usual_strengths() : options.strengths;
    std::vector<ReportTable> tables{
        {.id = "particle-strength-modes", .title = "Ways among 8 next frames of 8 equally likely, by k_PG"},
        {.id = "particle-strength-quality",
         .title = "Distance of next frames from the moved condition, by k_PG"}};
    for (ReportTable& table : tables) {
        table.heat_map = true;
        table.note =
            "Exact denoiser; rows: S_churn of the sampler, columns: k_PG. Intervals of 95 % over films.";
        for (const double strength : strengths)
            table.columns.push_back({strength > 0 ? figure_number(strength) : "none", 2});
    }
    std::size_t done = 0;
    for (const double churn : options.churns) {
        ReportRow modes{.name = "S_churn " + figure_number(churn), .pictures = std::size_t(options.films)};
        ReportRow quality = modes;
        for (const double strength : strengths) {
            const Measured measured =
                measure({.steps = options.steps, .churn = churn, .strength = strength}, options);
            modes.cells.emplace_back(bootstrap_mean(measured.modes));
            quality.cells.emplace_back(bootstrap_mean(measured.quality));
            if (!progress("particle-strength", ++done, strengths.size() * options.churns.size()))
                return tables;
        }
        tables[0].rows.push_back(std::move(modes));
        tables[1].rows.push_back(std::move(quality));
    }
    return tables;
}

} // namespace lacuna
