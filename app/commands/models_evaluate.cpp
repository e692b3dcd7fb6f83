// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/timing.h"
#include "app/commands/world_models.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/error.h"

namespace lacuna::cli {

namespace {

struct EvaluateArguments {
    WorldModelArguments model{};
    EvaluationOptions options{};
    std::vector<std::string> masks{};
    std::string card{};
    int renders = 2000;
};

constexpr const char *card_begin = "<!-- evaluation -->\n", *card_end = "<!-- end of evaluation -->\n";

/// Puts the report between the marks of the card, or at its end where it has none.
void write_card(const std::filesystem::path& path, const std::string& report)
{
    std::string text;
    if (std::filesystem::exists(path)) {
        const std::vector<std::uint8_t> bytes = read_file(path);
        text.assign(bytes.begin(), bytes.end());
    }
    const std::string section = std::string(card_begin) + report + card_end;
    const std::size_t begin = text.find(card_begin), end = text.find(card_end);
    if (begin != std::string::npos && end != std::string::npos && begin < end)
        text.replace(begin, end + std::string(card_end).size() - begin, section);
    else
        text += (text.empty() ? "" : "\n") + section;
    write_file(path, text);
}

/// Seconds of five unguided fills at 25 steps on two threads, the median of three after one that makes the plans.
double seconds_of_five(const WorldModel& m, const std::string& mask)
{
    Recipe recipe = m.recipe;
    recipe.steps = 25;
    ModelFiller filler(m.model, recipe);
    const KnownScene scene =
        make_scene(*m.world, held_out_seed(HeldOut::Holes, 0), mask, m.model.native_size());
    std::vector<double> times;
    filler.fill(scene, 5, 0);
    for (std::uint64_t i = 0; i < 3; ++i)
        times.push_back(seconds([&] { filler.fill(scene, 5, i); }));
    return median(times);
}

int evaluate(const EvaluateArguments& a, bool json)
{
    const WorldModel m = load_world_model(a.model);
    const MeasurementRun run(a.model);
    const auto stopped = [&] { return run.signals.token().stop_requested(); };
    const std::vector<std::string> masks = a.masks.empty() ? m.world->masks() : a.masks;
    const int size = m.model.native_size();
    for (const std::string& mask : masks)
        attribute_places(*m.world, mask, size);

    ModelEvaluation evaluation{.model = m.name,
                               .sha256 = m.model.sha256,
                               .world = m.world->name(),
                               .sampling = sampling_text(m.recipe),
                               .size = size,
                               .renders = a.renders,
                               .attributes = m.judge.groups(),
                               .masks_of_world = m.world->masks().size()};
    const Validity validity(*m.world, m.judge, size, a.renders);
    evaluation.accuracy = validity.accuracy();
    if (m.model.placement.device.is_cpu()) {
        evaluation.cores = std::min(2, usable_cores());
        use_threads(evaluation.cores);
        evaluation.seconds_of_five = seconds_of_five(m, masks.front());
        use_threads(a.model.threads);
    }
    ModelFiller filler(m.model, m.recipe);
    EvaluationOptions options = a.options;
    options.seed = m.recipe.seed;
    for (std::size_t i = 0; i < masks.size() && !stopped(); ++i)
        evaluation.masks.push_back(evaluate_mask(*m.world, m.judge, validity, filler, masks[i], size, options,
                                                 run.deadline.share(1, masks.size() - i), run.progress));

    std::cout << (json ? to_json(evaluation) + "\n" : to_text(evaluation));
    if (!a.card.empty())
        write_card(a.card, to_markdown(evaluation));
    if (stopped())
        return run.signals.exit_code();
    const std::vector<Target> targets = targets_of(evaluation);
    const bool missed = std::any_of(targets.begin(), targets.end(),
                                    [](const Target& t) { return t.verdict == Target::Verdict::Missed; });
    return missed ? static_cast<int>(ErrorKind::SomeFailed) : 0;
}

} // namespace

void add_models_evaluate(CLI::App& models, Chosen& chosen)
{
    CLI::App* command = models.add_subcommand(
        "evaluate",
        "Measure a dataset model on held-out scenes of its world: are fills valid, is there a seam, are "
        "unguided fills as frequent as they should be, how fast are they");
    command->footer(
        "Exit code 4: a figure was missed. A run with fewer than 1,000 fills of each mask, or with "
        "fewer masks, can miss figures but not meet them.");
    const auto a = std::make_shared<EvaluateArguments>();
    add_world_model_options(*command, a->model);
    command->add_option("--mask", a->masks, "Only this mask of the world; may be given several times")
        ->allow_extra_args(false);
    command->add_option("--fills", a->options.fills, "Unguided fills of each mask")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--per-scene", a->options.per_scene, "Fills of each scene")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--renders", a->renders, "Real renders that set the thresholds of validity")
        ->check(CLI::Range(10, 100'000))
        ->capture_default_str();
    command->add_option("--card", a->card,
                        "Markdown file that gets the report, in the place of an older one");
    set_work(*command, chosen, [a](bool json) { return evaluate(*a, json); });
}

} // namespace lacuna::cli
