// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/console.h"
#include "app/commands/world_models.h"
#include "engine/closed_form/finite_set.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/evaluation/benchmark.h"
#include "engine/evaluation/prior_probability.h"
#include "engine/evaluation/shared_noise.h"

namespace lacuna::cli {

namespace {

const std::vector<std::string> parts{"methods",       "eta",          "bound",
                                     "out-of-domain", "shared-noise", "prior-probability"};

struct BenchmarkArguments {
    WorldModelArguments model{};
    BenchmarkOptions options{};
    std::string mask{}, other_world{}, second{}, out{}, eta = "0.3", bound = "24";
    std::vector<std::string> parts{"methods"}, digits{};
    std::vector<double> etas{0, 0.07, 0.1, 0.3};                    ///< table 6 of Cohen et al. 2024
    std::vector<std::string> bounds{"0", "16", "24", "32", "none"}; ///< as 0, 2, 3, 4 and no bound of table 7
    int pool = 100, training = 0;
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
    set.images = images_of(render_all(*m.world, seeds, attributes, m.model.native_size()));
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
    return shared_noise_table(models, m.judge, training.features, m.model.native_size(),
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

/// The tables of sets of fills, as far as they are wanted.
std::vector<ReportTable> world_tables(const BenchmarkArguments& a, const WorldModel& m,
                                      const Deadline& deadline, const EvaluationProgress& progress)
{
    const std::vector<std::string> of_fills{"methods", "eta", "bound", "out-of-domain"};
    if (std::none_of(of_fills.begin(), of_fills.end(), [&](const auto& part) { return wanted(a, part); }))
        return {};
    BenchmarkOptions options = a.options;
    options.seed = m.recipe.seed;
    const std::string mask = a.mask.empty() ? m.world->masks().front() : a.mask;
    const int size = m.model.native_size();
    const Benchmark benchmark(*m.world, m.judge, mask, size, options);
    Recipe guided = m.recipe;
    guided.eta = parse_number("--eta", a.eta);
    guided.bound = parse_bound(a.bound);
    Recipe plain = m.recipe;
    plain.eta = 0;
    const std::string of = ": " + m.name + ", mask " + mask + ", N = " + std::to_string(options.members)
                           + ", " + sampling_text(m.recipe);
    std::vector<ReportTable> tables;
    std::size_t left = a.parts.size();
    const auto share = [&] { return deadline.share(1, std::max<std::size_t>(1, left--)); };
    if (wanted(a, "methods"))
        tables.push_back(benchmark.run(
            "methods", "Methods" + of,
            method_contests(*m.world, benchmark.places(), m.model, guided, a.pool, options.members),
            Figures::Modes, share(), progress));
    if (wanted(a, "eta"))
        tables.push_back(benchmark.run("eta", "Table 6, eta with D = " + a.bound + of,
                                       eta_contests(m.model, guided, a.etas), Figures::Quality, share(),
                                       progress));
    if (wanted(a, "bound")) {
        std::vector<double> bounds;
        for (const std::string& text : a.bounds)
            bounds.push_back(bound_of(text));
        tables.push_back(benchmark.run("bound", "Table 7, D with eta = " + a.eta + of,
                                       bound_contests(m.model, guided, bounds), Figures::Quality, share(),
                                       progress));
    }
    if (wanted(a, "out-of-domain")) {
        ModelFiller filler(m.model, plain);
        const std::string other = a.other_world.empty() ? other_than(m.world->name()) : a.other_world;
        tables.push_back(benchmark.out_of_domain(scenes::find_world(other), filler, share(), progress));
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
    const bool only_digits = a.parts.size() == 1 && wanted(a, "prior-probability");
    if (!only_digits && a.model.model.empty())
        throw Error(ErrorKind::Usage, "model", "is missing", "Name the dataset model that is to be measured",
                    "Nothing was measured.");
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
    command->add_option("--eta", a->eta, "Step size of the guidance")->capture_default_str();
    command->add_option("--bound", a->bound, "Bound D of the guidance, such as 24, 0.0015:per-image or none")
        ->capture_default_str();
    command->add_option("--particles", a->model.recipe.particles, "k_PG of particle guidance; 0: 3");
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
