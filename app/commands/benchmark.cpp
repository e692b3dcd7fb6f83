// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/console.h"
#include "app/commands/world_models.h"
#include "engine/closed_form/finite_set.h"
#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/evaluation/benchmark.h"
#include "engine/evaluation/particle_strength.h"
#include "engine/evaluation/prior_probability.h"
#include "engine/evaluation/shared_noise.h"
#include "engine/fill/fill_session.h"

namespace lacuna::cli {

namespace {

const std::vector<std::string> parts{
    "methods",           "selection",        "eta", "bound", "out-of-domain", "shared-noise",
    "prior-probability", "particle-strength"};

struct BenchmarkArguments {
    WorldModelArguments model{};
    BenchmarkOptions options{};
    std::string mask{}, other_world{}, second{}, out{}, eta, bound;
    std::vector<std::string> parts{"methods"}, digits{};
    std::vector<double> etas{0, 0.07, 0.1, 0.3};                    ///< table 6 of Cohen et al. 2024
    std::vector<std::string> bounds{"0", "16", "24", "32", "none"}; ///< as 0, 2, 3, 4 and no bound of table 7
    int pool = 100, training = 0;
    double particles = 0;
};

bool wanted(const BenchmarkArguments& a, const std::string& part)
{
    return std::find(a.parts.begin(), a.parts.end(), part) != a.parts.end();
}

double bound_of(const std::string& text)
{
    return text == "none" ? std::numeric_limits<double>::infinity() : parse_number("--bounds", text);
}

/// Features and pixels of the scenes that a model with a finite training set had.
struct TrainingSet {
    Tensor images{}, features{};
};

TrainingSet training_set(const WorldModel& m, int count)
{
    TrainingSet set;
    std::vector<std::uint64_t> seeds;
    std::vector<scenes::Attributes> attributes;
    for (int i = 0; i < count; ++i) {
        seeds.push_back(static_cast<std::uint64_t>(i));
        attributes.push_back(m.world->draw(seeds.back()));
    }
    set.images = images_of(render_all(*m.world, seeds, attributes, m.size()));
    set.features = m.judge.features(set.images);
    return set;
}

ReportTable shared_noise(const BenchmarkArguments& a, const WorldModel& m, const EvaluationProgress& progress)
{
    constexpr int least_for_the_mean = 1000;
    const TrainingSet training = training_set(m, std::max(a.training, least_for_the_mean));
    const std::unique_ptr<Denoiser> own = make_denoiser(m.model);
    std::vector<SharedStart> models{{m.name, own.get()}};
    DatasetModel second;
    std::unique_ptr<Denoiser> other;
    if (!a.second.empty()) {
        second = load_other_model(a.model, a.second);
        other = make_denoiser(second);
        models.push_back({a.second, other.get()});
    }
    const std::unique_ptr<FiniteSet> exact =
        std::make_unique<FiniteSet>(training.images.narrow(0, 0, a.training > 0 ? a.training : 1));
    if (a.training > 0)
        models.push_back({"closed form of " + std::to_string(a.training) + " pictures", exact.get()});
    return shared_noise_table(models, m.judge, training.features, m.size(),
                              {.samples = a.options.pictures, .steps = m.recipe.steps, .seed = m.recipe.seed},
                              progress);
}

std::vector<ReportTable> prior_probability(const BenchmarkArguments& a, const Deadline& deadline,
                                           const EvaluationProgress& progress)
{
    const PriorOptions options{.films = a.options.pictures, .seed = a.model.recipe.seed};
    std::map<double, DigitModel> exact, trained;
    for (const double p : {0.5, 0.7, 0.9})
        exact[p] = exact_digit_model(p);
    std::vector<ReportTable> tables{
        prior_probability_table("Prior probability, exact denoiser", exact, options,
                                deadline.share(1, a.digits.empty() ? 1 : 2), progress)};
    for (const std::string& entry : a.digits) {
        const std::size_t equals = entry.find('=');
        if (equals == std::string::npos)
            throw Error(ErrorKind::Usage, "--digits " + entry, "is not like 0.7=MODEL",
                        "Name the probability and the model that was trained with it",
                        "Nothing was measured.");
        const auto model =
            std::make_shared<DatasetModel>(load_other_model(a.model, entry.substr(equals + 1)));
        trained[parse_number("--digits", entry.substr(0, equals))] = [model](const DigitMoment& moment) {
            return make_denoiser(*model, -1, moment.condition);
        };
    }
    if (!trained.empty()) {
        tables.push_back(prior_probability_table("Prior probability, trained models", trained, options,
                                                 deadline, progress));
        tables.back().id += "-trained";
    }
    return tables;
}

std::string other_than(const std::string& world)
{
    for (const std::string& name : scenes::world_names())
        if (name != world)
            return name;
    return world;
}

/// Sampling of guided sets: what was given, else the papers' numbers for networks and the window's for This photo.
Recipe guided_recipe(const BenchmarkArguments& a, const WorldModel& m)
{
    Recipe recipe = m.recipe;
    if (!m.this_photo()) {
        recipe.eta = 0.3;
        recipe.bound = {24, BoundConvention::GrayLevels};
    }
    recipe.particles = a.particles;
    if (!a.eta.empty())
        recipe.eta = parse_number("--eta", a.eta);
    if (!a.bound.empty())
        recipe.bound = parse_bound(a.bound);
    return recipe;
}

std::shared_ptr<Filler> make_filler(const BenchmarkArguments& a, const WorldModel& m, const Recipe& recipe)
{
    if (!m.this_photo())
        return std::make_shared<ModelFiller>(m.model, recipe);
    return std::make_shared<SessionFiller>(make_fill_session(a.model.threads, a.model.device), recipe);
}

std::vector<Contest> contests_of(const std::string& part, const BenchmarkArguments& a, const WorldModel& m,
                                 const Benchmark& benchmark)
{
    const Recipe guided = guided_recipe(a, m);
    if (part == "methods")
        return method_contests(*m.world, benchmark.places(), m.model, guided, a.pool, a.options.members);
    if (part == "eta")
        return eta_contests(m.model, guided, a.etas);
    if (part == "bound") {
        std::vector<double> bounds;
        for (const std::string& text : a.bounds)
            bounds.push_back(bound_of(text));
        return bound_contests(m.model, guided, bounds);
    }
    Recipe plain = guided;
    plain.eta = 0;
    return selection_contests(make_filler(a, m, plain), make_filler(a, m, guided), a.pool, a.options.members);
}

/// The tables of sets of fills, as far as they are wanted.
std::vector<ReportTable> world_tables(const BenchmarkArguments& a, const WorldModel& m,
                                      const Deadline& deadline, const EvaluationProgress& progress)
{
    const Recipe guided = guided_recipe(a, m);
    const std::string eta = nlohmann::json(guided.eta).dump(), bound = to_string(guided.bound);
    const std::map<std::string, std::string> titles{
        {"methods", "Methods"},
        {"selection", "Selection out of a pool of " + std::to_string(a.pool)},
        {"eta", "Table 6, eta with D = " + bound},
        {"bound", "Table 7, D with eta = " + eta}};
    std::vector<std::string> wanted_parts;
    for (const char* part : {"methods", "selection", "eta", "bound", "out-of-domain"})
        if (wanted(a, part))
            wanted_parts.emplace_back(part);
    if (wanted_parts.empty())
        return {};
    BenchmarkOptions options = a.options;
    options.seed = m.recipe.seed;
    const std::string mask = a.mask.empty() ? m.world->masks().front() : a.mask;
    const Benchmark benchmark(*m.world, m.judge, mask, m.size(), options);
    const std::string of = ": " + m.name + ", " + m.world->name() + ", mask " + mask
                           + ", N = " + std::to_string(options.members) + ", " + sampling_text(m.recipe);
    std::vector<ReportTable> tables;
    for (std::size_t i = 0; i < wanted_parts.size(); ++i) {
        const std::string& part = wanted_parts[i];
        const Deadline share = deadline.share(1, a.parts.size() - i);
        if (part == "out-of-domain") {
            Recipe plain = guided;
            plain.eta = 0;
            const std::string other = a.other_world.empty() ? other_than(m.world->name()) : a.other_world;
            tables.push_back(benchmark.out_of_domain(scenes::find_world(other), *make_filler(a, m, plain),
                                                     share, progress));
        } else {
            tables.push_back(benchmark.run(part, titles.at(part) + of, contests_of(part, a, m, benchmark),
                                           part == "methods" ? Figures::Modes : Figures::Quality, share,
                                           progress));
        }
    }
    return tables;
}

void write_report(const std::filesystem::path& folder, const std::vector<ReportTable>& tables)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorKind::Output, folder.string(), "cannot be made", "Choose another folder");
    std::string markdown;
    for (const ReportTable& table : tables) {
        write_file(folder / (table.id + ".json"), to_json(table) + "\n");
        const Drawing figure = report_figure(table);
        write_file(folder / (table.id + ".svg"), figure.svg());
        write_file(folder / (table.id + ".png"), encode_png(figure.pixels()));
        markdown += to_markdown(table);
        markdown += "\n![](" + table.id + ".png)\n\n";
    }
    write_file(folder / "benchmark.md", markdown);
}

/// Throws Error{Usage} before anything is measured.
void require_arguments(const BenchmarkArguments& a)
{
    const bool only_digits = std::all_of(a.parts.begin(), a.parts.end(), [](const std::string& part) {
        return part == "prior-probability" || part == "particle-strength";
    });
    if (!only_digits && a.model.model.empty())
        throw Error(ErrorKind::Usage, "model", "is missing", "Name the dataset model that is to be measured",
                    "Nothing was measured.");
    if (a.model.model == this_photo_model)
        for (const char* part : {"methods", "eta", "bound", "shared-noise"})
            if (wanted(a, part))
                throw Error(ErrorKind::Usage, std::string("--part ") + part,
                            "needs a network, not This photo",
                            "Name a dataset model, or measure --part selection", "Nothing was measured.");
    if (wanted(a, "shared-noise") && a.second.empty() && a.training == 0)
        throw Error(
            ErrorKind::Usage, "--part shared-noise", "has nothing to compare the model with",
            "Give --second with another model, or --training with the size of its finite training set",
            "Nothing was measured.");
}

int benchmark(const BenchmarkArguments& a, bool json)
{
    require_arguments(a);
    const MeasurementRun run(a.model);
    std::vector<ReportTable> tables;
    if (!a.model.model.empty()) {
        const WorldModel m = load_world_model(a.model);
        tables = world_tables(a, m, run.deadline, run.progress);
        if (wanted(a, "shared-noise"))
            tables.push_back(shared_noise(a, m, run.progress));
    }
    if (wanted(a, "particle-strength"))
        for (ReportTable& table : particle_strength_tables({}, run.progress))
            tables.push_back(std::move(table));
    if (wanted(a, "prior-probability"))
        for (ReportTable& table : prior_probability(a, run.deadline, run.progress))
            tables.push_back(std::move(table));

    std::string list;
    for (const ReportTable& table : tables) {
        if (!json)
            std::cout << to_text(table) << "\n";
        list += (list.empty() ? "[" : ",") + to_json(table);
    }
    if (json)
        std::cout << list << "]\n";
    if (!a.out.empty())
        write_report(a.out, tables);
    return run.signals.exit_code();
}

} // namespace

void add_benchmark(CLI::App& app, Chosen& chosen)
{
    CLI::App* command = app.add_subcommand(
        "benchmark",
        "Measure a dataset model's sets of fills against the known truth of its world ('bench' measures "
        "speed)");
    command->footer(
        "Every table says how many pictures are behind each row; published figures need at least 100.");
    const auto a = std::make_shared<BenchmarkArguments>();
    add_world_model_options(*command, a->model);
    command->get_option("model")->required(false);
    command->add_option("--mask", a->mask, "Mask of the world (default: its first)");
    command->add_option("--part", a->parts, "What to measure; may be given several times")
        ->check(CLI::IsMember(parts))
        ->allow_extra_args(false)
        ->capture_default_str();
    command->add_option("--limit-pictures", a->options.pictures, "Pictures behind each row")
        ->check(CLI::Range(2, 100'000))
        ->capture_default_str();
    command->add_option("--count", a->options.members, "N, members of a set")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command
        ->add_option("--pool", a->pool,
                     "Candidates of K-means, uniformization and farthest points; 0: without")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    command->add_option("--renders", a->options.renders, "Real renders that thresholds are learned from")
        ->check(CLI::Range(30, 100'000))
        ->capture_default_str();
    command->add_option("--eta", a->eta, "Step size of the guidance (default: 0.3; 9.5 for This photo)");
    command->add_option(
        "--bound", a->bound,
        "Bound D of the guidance, such as 24, 0.0015:per-image or none (default: 24; 28 for This "
        "photo)");
    command->add_option("--particles", a->particles, "k_PG of particle guidance; 0: 100");
    command->add_option("--etas", a->etas, "Part eta: the step sizes, separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_option("--bounds", a->bounds, "Part bound: grey levels or none, separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_option("--other-world", a->other_world, "Part out-of-domain: where the pictures come from");
    command->add_option("--second", a->second, "Part shared-noise: a model trained with another seed");
    command
        ->add_option("--training", a->training,
                     "Part shared-noise: size of the model's finite training set, for the closed form of it")
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--digits", a->digits, "Part prior-probability: 0.7=MODEL, trained with p(right) = 0.7")
        ->allow_extra_args(false);
    command->add_option("--out", a->out, "Folder for benchmark.md, and JSON and figure of every table");
    set_work(*command, chosen, [a](bool json) { return benchmark(*a, json); });
}

} // namespace lacuna::cli
