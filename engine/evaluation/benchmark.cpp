// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/benchmark.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr int frechet_dimensions = 25;        ///< principal axes of the features of real renders
constexpr int frechet_resamples = 200;        ///< each costs two eigen-decompositions
constexpr std::uint64_t reference_stream = 1; ///< of true fills, apart from those of the row "truth"

/// Rows of some sets under each other.
Tensor gathered(const std::vector<Tensor>& sets, const std::vector<std::size_t>& some)
{
    std::vector<Tensor> rows;
    for (const std::size_t i : some)
        rows.push_back(sets[i]);
    return at::cat(rows);
}

} // namespace

Benchmark::Benchmark(const scenes::World& world, const AttributeJudge& judge, std::string mask, int size,
                     BenchmarkOptions options)
    : world_(world),
      judge_(judge),
      mask_(std::move(mask)),
      size_(size),
      options_(options),
      places_(attribute_places(world, mask_, size)),
      validity_(world, judge, size, options.renders)
{
    if (!places_.inside.empty())
        modes_.emplace(world, places_.inside);
    axes_ = principal_axes(validity_.reference(), frechet_dimensions);

    std::vector<Tensor> images, features;
    std::vector<Mask> masks;
    TruePosterior truth(world, places_.inside, reference_stream);
    for (int i = 0; i < std::max(options_.pictures, options_.renders / options_.members); ++i) {
        const KnownScene real = scene(static_cast<std::uint64_t>(i));
        const Tensor fills = truth.fill(real, options_.members, static_cast<std::uint64_t>(i)).images;
        images.push_back(fills[0]);
        masks.push_back(real.mask);
        if (i < options_.pictures)
            features.push_back(judge.judge(fills).features.mm(axes_.axes));
    }
    naturalness_.emplace(images, masks);
    real_ = fit_gaussian(at::cat(features));
}

KnownScene Benchmark::scene(std::uint64_t number) const
{
    return make_scene(world_, held_out_seed(HeldOut::Holes, number), mask_, size_);
}

Benchmark::SetFigures Benchmark::measure(const KnownScene& scene, const Tensor& images,
                                         const Judgement& judged) const
{
    const auto members = static_cast<std::size_t>(options_.members);
    SetFigures figures;
    std::vector<std::size_t> shown;
    const std::vector<bool> valid = validity_.valid(scene, places_, judged);
    const std::vector<Reading> readings = judge_.read(judged);
    for (std::size_t i = 0; i < valid.size(); ++i)
        if (valid[i]) {
            figures.valid += 1 / double(members);
            if (modes_)
                shown.push_back(modes_->mode_of(readings[i].values));
        }
    if (modes_)
        figures.covered = coverage(*modes_, shown, members);
    double mirror = 0, seam = 0;
    bool mirrored = images.size(0) > 0;
    for (const Tensor& image : images.unbind(0)) {
        figures.natural += naturalness_->score(image, scene.mask) / double(images.size(0));
        seam += seam_of(scene, image) / double(images.size(0));
        const std::optional<double> correlation = mirror_correlation(image, scene.mask);
        mirrored = mirrored && correlation;
        mirror += correlation.value_or(0) / double(images.size(0));
    }
    if (mirrored)
        figures.mirror = mirror;
    figures.seam = seam;
    figures.distance = mean_pair_distance(judged.features);
    // Known pixels are equal, so that all pixels' distance is that of the hole.
    figures.gray =
        127.5 * mean_pair_distance(images.flatten(1)) / std::sqrt(3 * double(scene.mask.hole_pixels()));
    figures.features = judged.features.mm(axes_.axes);
    return figures;
}

std::vector<Benchmark::SetFigures> Benchmark::measure_contest(const KnownScene& scene, const Contest& contest,
                                                              std::uint64_t number) const
{
    const int members = options_.members, candidates = std::max(contest.candidates, members);
    const Fills fills = contest.filler->fill(scene, candidates, options_.seed * 1'000'003 + number);
    std::vector<SetFigures> all;
    if (fills.images.size(0) < members) // members that were not finite are not replaced
        return std::vector<SetFigures>(
            contest.rows.size(), SetFigures{.covered = modes_ ? std::optional(Coverage{}) : std::nullopt,
                                            .forward = double(fills.forward),
                                            .backward = double(fills.backward)});
    const Judgement judged = judge_.judge(fills.images);
    for (const Contest::Row& row : contest.rows) {
        std::vector<std::int64_t> chosen;
        if (row.rule == "first")
            for (int i = 0; i < members; ++i)
                chosen.push_back(i);
        else
            for (const int i : select(principal_components(judged.features, frechet_dimensions), members,
                                      row.rule, options_.seed + number))
                chosen.push_back(i);
        const Tensor rows = at::tensor(chosen, at::kLong);
        all.push_back(
            measure(scene, fills.images.index_select(0, rows),
                    {judged.probabilities.index_select(0, rows), judged.features.index_select(0, rows)}));
        // The first members could have been made alone.
        const double share = row.rule == "first" ? double(members) / candidates : 1;
        all.back().forward = share * double(fills.forward);
        all.back().backward = share * double(fills.backward);
    }
    return all;
}

ReportRow Benchmark::row_of(const std::string& name, const std::vector<SetFigures>& sets,
                            Figures figures) const
{
    const auto mean = [&](auto&& of) {
        std::vector<double> values;
        for (const SetFigures& set : sets)
            if (const std::optional<double> value = of(set))
                values.push_back(*value);
        return values.empty() ? std::optional<Interval>()
                              : std::optional<Interval>(bootstrap_mean(values, {.seed = options_.seed}));
    };
    const auto covered = [&](double Coverage::*which) {
        return mean([which](const SetFigures& s) {
            return s.covered ? std::optional<double>((*s.covered).*which) : std::nullopt;
        });
    };
    const auto finished = [](double SetFigures::*which) {
        return [which](const SetFigures& s) {
            return s.features.defined() ? std::optional<double>(s.*which) : std::nullopt;
        };
    };
    std::vector<Tensor> features;
    for (const SetFigures& set : sets)
        if (set.features.defined())
            features.push_back(set.features);
    std::optional<Interval> frechet;
    if (!features.empty() && features.size() * std::size_t(options_.members) > 2)
        frechet = frechet_bootstrap(
            features.size(),
            [&](const auto& some) { return frechet_distance(fit_gaussian(gathered(features, some)), real_); },
            {.resamples = frechet_resamples, .seed = options_.seed});
    const auto modes = mean([](const SetFigures& s) {
        return s.covered ? std::optional<double>(s.covered->distinct) : std::nullopt;
    });
    const auto valid = mean([](const SetFigures& s) { return std::optional<double>(s.valid); });
    const auto natural = mean(finished(&SetFigures::natural));
    const auto distance = mean(finished(&SetFigures::distance));
    const auto gray = mean(finished(&SetFigures::gray));
    const auto forward = mean([](const SetFigures& s) { return std::optional<double>(s.forward); });
    const auto backward = mean([](const SetFigures& s) { return std::optional<double>(s.backward); });
    const auto mirror = mean([](const SetFigures& s) { return s.mirror; });
    ReportRow row{.name = name, .pictures = sets.size()};
    if (figures == Figures::Modes)
        row.cells = {modes,
                     covered(&Coverage::likely),
                     covered(&Coverage::mass),
                     covered(&Coverage::worst),
                     valid,
                     distance,
                     gray,
                     frechet,
                     natural,
                     mirror,
                     forward,
                     backward};
    else
        row.cells = {distance, gray, natural, frechet, valid, modes, mirror, forward};
    return row;
}

namespace {

std::vector<ReportColumn> columns_of(Figures figures)
{
    if (figures == Figures::Modes)
        return {{"modes", 2},     {"likely", 2},    {"mass", 2},           {"worst mode", 4},
                {"valid", 2},     {"diversity", 3}, {"grey levels", 1},    {"Frechet", 2},
                {"NIQE-like", 2}, {"mirror", 2},    {"forward", 0, false}, {"backward", 0, false}};
    return {{"diversity", 3}, {"grey levels", 1}, {"NIQE-like", 3}, {"Frechet", 2},
            {"valid", 2},     {"modes", 2},       {"mirror", 2},    {"forward", 0, false}};
}

std::string note_of(Figures figures)
{
    std::string note = "diversity: mean distance of attribute features within a set. "
                       "grey levels: the same of the hole's pixels, root mean square. "
                       "NIQE-like: about 1 for renders. "
                       "Frechet: squared distance of attribute features to true fills. "
                       "mirror: correlation of the hole with its known mirror image. "
                       "forward, backward: network evaluations of a set. ";
    if (figures == Figures::Modes)
        note += "modes: distinct true modes among valid members. "
                "likely: share of the N most probable modes that is shown. "
                "mass: probability of the modes shown. "
                "worst mode: the least probable one shown. ";
    return note + "Intervals of 95 % over pictures.";
}

} // namespace

ReportTable Benchmark::run(const std::string& id, const std::string& title,
                           const std::vector<Contest>& contests, Figures figures, const Deadline& deadline,
                           const EvaluationProgress& progress) const
{
    ReportTable table{.id = id, .title = title, .note = note_of(figures), .columns = columns_of(figures)};
    std::vector<std::vector<SetFigures>> by_row;
    for (const Contest& contest : contests)
        for (const Contest::Row& row : contest.rows) {
            table.rows.push_back({.name = row.name});
            by_row.emplace_back();
        }
    for (int i = 0; i < options_.pictures; ++i) {
        if (i > 0 && (deadline.passed() || !progress(id, std::size_t(i), std::size_t(options_.pictures))))
            break;
        const KnownScene here = scene(static_cast<std::uint64_t>(i));
        std::size_t r = 0;
        for (const Contest& contest : contests)
            for (SetFigures& set : measure_contest(here, contest, static_cast<std::uint64_t>(i)))
                by_row[r++].push_back(std::move(set));
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r)
        table.rows[r] = row_of(table.rows[r].name, by_row[r], figures);
    return table;
}

ReportTable Benchmark::out_of_domain(const scenes::World& other, Filler& filler, const Deadline& deadline,
                                     const EvaluationProgress& progress) const
{
    ReportTable table{.id = "out-of-domain",
                      .title = "Pictures of " + other.name() + " in a model of " + world_.name() + ", mask "
                               + mask_};
    table.note =
        "distance: of attribute features to the nearest real render of " + world_.name()
        + ", 1 is what 99 % of renders stay below. read: every attribute inside the hole is recognised.";
    table.columns = {{"distance", 2}, {"read", 2}, {"seam", 2}, {"NIQE-like", 2}};
    struct Row {
        const scenes::World* world;
        bool filled;
        std::vector<std::vector<double>> columns{{}, {}, {}, {}};
    };
    std::vector<Row> rows{{&world_, true}, {&other, true}, {&world_, false}, {&other, false}};
    const AttributePlaces inside_only{.inside = places_.inside};
    for (int i = 0; i < options_.pictures; ++i) {
        if (i > 0
            && (deadline.passed() || !progress(table.id, std::size_t(i), std::size_t(options_.pictures))))
            break;
        const auto number = static_cast<std::uint64_t>(i);
        for (Row& row : rows) {
            KnownScene here = scene(number);
            if (row.world != &world_)
                here.picture = other.render(here.seed, other.draw(here.seed), size_);
            const Tensor images = row.filled ? filler.fill(here, 1, options_.seed * 1'000'003 + number).images
                                             : images_of({here.picture});
            if (images.size(0) == 0)
                continue;
            const Judgement judged = judge_.judge(images);
            row.columns[0].push_back(validity_.distance(judged.features)[0].item<double>()
                                     / validity_.distance_limit());
            row.columns[1].push_back(validity_.recognised(inside_only, judge_.read(judged)[0]));
            row.columns[2].push_back(seam_of(here, images[0]));
            row.columns[3].push_back(naturalness_->score(images[0], here.mask));
        }
    }
    for (const Row& row : rows) {
        table.rows.push_back({.name = row.world->name() + (row.filled ? ", filled" : ", as they are"),
                              .pictures = row.columns[0].size()});
        for (const std::vector<double>& values : row.columns)
            table.rows.back().cells.push_back(
                values.empty() ? std::optional<Interval>()
                               : std::optional<Interval>(bootstrap_mean(values, {.seed = options_.seed})));
    }
    return table;
}

} // namespace lacuna
