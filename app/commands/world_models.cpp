// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/world_models.h"

#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "engine/core/default_recipe.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/models/model_folder.h"
#include "engine/restoration/methods.h"

namespace lacuna::cli {

namespace {

const scenes::World& world_of(const std::string& given, const DatasetModel& model)
{
    if (!given.empty())
        return scenes::find_world(given);
    if (!model.network)
        throw Error(ErrorKind::Usage, "--world", "is missing: This photo fills pictures of all worlds",
                    "Name the world whose pictures it is to fill", "Nothing was measured.");
    for (const std::string& name : scenes::world_names())
        if (model.preset.id.starts_with(name))
            return scenes::find_world(name);
    throw Error(ErrorKind::Usage, "--world", "is missing: the model " + model.preset.id + " names no world",
                "Name the world whose pictures it was trained on", "Nothing was measured.");
}

EvaluationProgress progress_lines(std::stop_token stop)
{
    return [terminal = isatty(STDERR_FILENO) != 0, stop](const std::string& what, std::size_t done,
                                                         std::size_t of) {
        if (terminal)
            std::cerr << "\r\033[K" << what << ": " << done << " of " << of
                      << (done + 1 >= of ? "\r\033[K" : "") << std::flush;
        else if (10 * done / of != 10 * (done - 1) / of) // every tenth of the way
            std::cerr << what << ": " << done << " of " << of << "\n";
        return !stop.stop_requested();
    };
}

} // namespace

void add_world_model_options(CLI::App& command, WorldModelArguments& a)
{
    a.recipe.steps = 25;
    a.recipe.method = network_method;
    command
        .add_option("model", a.model, "Dataset model: its name in the model folder, or a file; or this-photo")
        ->required();
    command.add_option("--preset", a.preset, "Its network, where the file does not say it");
    command.add_option("--attributes", a.attributes,
                       "Attribute network of the world (default: the model WORLD-attributes)");
    command.add_option("--world", a.world, "World of the model (default: what its preset's id begins with)");
    command.add_option("--seed", a.recipe.seed, "Number that decides all draws")->capture_default_str();
    std::vector<std::string> methods = restoration_methods();
    methods.push_back("project");
    command.add_option("--method", a.recipe.method, "How unguided fills are sampled")
        ->check(CLI::IsMember(methods))
        ->capture_default_str();
    command.add_option("--sampler", a.recipe.sampler, "Sampler of the method project")
        ->check(CLI::IsMember(sampler_names()))
        ->capture_default_str();
    command.add_option("--schedule", a.recipe.schedule, "Noise levels of the method project")
        ->check(CLI::IsMember({"log-linear", "edm", "ddpm"}))
        ->capture_default_str();
    command.add_option("--churn", a.recipe.churn, "S_churn of the sampler edm")->capture_default_str();
    RestorationOptions& o = a.recipe.restoration;
    command.add_option("--method-eta", o.eta, "Share of fresh noise in ddrm and ddnm, also the sampler ddnm")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--travel-length", o.travel_length, "Steps of a jump back in time in ddnm")
        ->capture_default_str();
    command.add_option("--travel-repeat", o.travel_repeat, "How often ddnm takes a stretch of time")
        ->capture_default_str();
    command.add_option("--steps", a.recipe.steps, "Steps of a fill")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    command
        .add_option("--minutes", a.minutes,
                    "End after about this time with the pictures done by then; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--threads", a.threads, "Processor threads; 0: all")->check(CLI::Range(0, 1024));
    command.add_option("--device", a.device, "Where the networks run: auto, cpu, cuda or cuda:N")
        ->capture_default_str();
}

DatasetModel load_other_model(const WorldModelArguments& a, const std::string& name)
{
    return load_model(find_model(name), "", {.device = find_device(a.device)});
}

WorldModel load_world_model(const WorldModelArguments& a)
{
    use_threads(a.threads);
    const at::Device device = find_device(a.device);
    const bool photo = a.model == this_photo_model;
    const std::filesystem::path file = photo ? std::filesystem::path(this_photo_model) : find_model(a.model);
    DatasetModel model = photo ? DatasetModel() : load_model(file, a.preset, {.device = device});
    const scenes::World& world = world_of(a.world, model);
    const std::filesystem::path attributes =
        find_model(a.attributes.empty() ? world.name() + "-attributes" : a.attributes);
    AttributeNetwork judge = AttributeNetwork::load(attributes, device);
    require_world(judge, world, attributes.string());
    Recipe recipe = photo ? default_recipe() : a.recipe;
    recipe.model = a.model;
    recipe.seed = a.recipe.seed;
    validate(recipe);
    return {std::move(model), file.stem().string(), &world, std::move(judge), std::move(recipe)};
}

std::string sampling_text(const Recipe& recipe)
{
    const std::string steps = recipe.steps > 0 ? std::to_string(recipe.steps) + " steps" : "its own steps";
    return recipe.method == "project" ? "project, " + recipe.sampler + ", " + recipe.schedule + ", " + steps
                                      : recipe.method + ", " + steps;
}

MeasurementRun::MeasurementRun(const WorldModelArguments& a)
    : progress(progress_lines(signals.token())),
      deadline(Deadline::in_minutes(a.minutes))
{
}

void set_work(CLI::App& command, Chosen& chosen, const std::function<int(bool json)>& work)
{
    command.add_flag("--json", chosen.json, "Print one line of JSON");
    command.callback([&chosen, work] { chosen.run = [&chosen, work] { return work(chosen.json); }; });
}

} // namespace lacuna::cli
