// SPDX-License-Identifier: GPL-3.0-or-later
// lacuna-cli train: a network of one's own, from a rendered world, moving digits or a folder of pictures.
#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/stop_signals.h"
#include "engine/core/atomic_file.h"
#include "engine/models/dataset_model.h"
#include "engine/training/trainer.h"

namespace lacuna::cli {

namespace {

struct TrainRequest {
    std::string config{}, folder{}, device = "auto";
    double minutes = 0;
    int threads = 0;
};

void print(const training::LogLine& line)
{
    std::cout << "step " << line.step << "  loss " << fixed(line.loss, 5);
    if (line.validation_loss)
        std::cout << "  validation " << fixed(*line.validation_loss, 5);
    std::cout << "  " << fixed(line.pictures_per_second, 1) << " pictures/s" << std::endl;
}

int train(const TrainRequest& request)
{
    constexpr std::uint64_t longest = 1 << 20;
    const std::vector<std::uint8_t> bytes = read_file(request.config, longest);
    const StopSignals signals;
    training::Trainer trainer(
        training::train_config_from_json({bytes.begin(), bytes.end()}, request.config), request.folder,
        {.threads = request.threads, .minutes = request.minutes, .device = find_device(request.device)});
    if (trainer.step() > 0)
        std::cout << "Goes on after step " << trainer.step() << "." << std::endl;
    const training::TrainEnd end = trainer.run(signals.token(), print);
    const std::string done =
        std::to_string(trainer.step()) + " of " + std::to_string(trainer.config().steps) + " steps are done";
    const std::string model = (std::filesystem::path(request.folder) / "model.safetensors").string();
    if (end == training::TrainEnd::LastStep)
        std::cout << "The training is complete: " << model << "\n";
    else
        std::cout << (end == training::TrainEnd::Time ? "The time is over: " : "Stopped: ") << done
                  << ". The same command goes on from here.\n";
    return 0;
}

} // namespace

void add_train(CLI::App& app, Chosen& chosen)
{
    CLI::App* command = app.add_subcommand(
        "train",
        "Trains a network and keeps everything in a folder; the same command goes on where it was left");
    const auto request = std::make_shared<TrainRequest>();
    command->add_option("config", request->config, "JSON file; examples are in resources/training")
        ->required();
    command->add_option("--out", request->folder, "Folder of the training")->required();
    command->add_option("--minutes", request->minutes, "Stop after this time, 0: after the last step")
        ->check(CLI::Range(0.0, 1e6));
    command->add_option("--threads", request->threads, "Threads, 0: all cores")->check(CLI::Range(0, 1024));
    command->add_option("--device", request->device, "cpu, cuda, cuda:N or auto");
    command->callback([&chosen, request] { chosen.run = [request] { return train(*request); }; });
}

} // namespace lacuna::cli
