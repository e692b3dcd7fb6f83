// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/stop_signals.h"
#include "engine/core/recipe.h"
#include "engine/evaluation/attribute_network.h"
#include "engine/evaluation/model_evaluation.h"
#include "engine/models/dataset_model.h"
#include "engine/scenes/worlds/world.h"

namespace lacuna::cli {

/// What measuring a dataset model needs to be told.
struct WorldModelArguments {
    std::string model{}, preset{}, attributes{}, world{}, device = "cpu", bound{};
    Recipe recipe{};
    int threads = 0;
    double minutes = 0;
};

/// Options that `models evaluate` and `benchmark` share: files, sampling, time.
void add_world_model_options(CLI::App&, WorldModelArguments&);

/// A dataset model, or This photo, a world, and the network that reads the world's attributes.
struct WorldModel {
    DatasetModel model{}; ///< without a network: This photo
    std::string name{};   ///< of the model's file
    const scenes::World* world = nullptr;
    AttributeNetwork judge;
    Recipe recipe{};

    bool this_photo() const { return model.network == nullptr; }
    /// Side of the pictures, in pixels.
    int size() const { return this_photo() ? this_photo_size : model.native_size(); }

    static constexpr int this_photo_size = 64; ///< where networks are measured, too
};

/// Reads the files. The world is the one that is given, or the one that the preset's id begins with; the attribute
/// network is the model WORLD-attributes unless another one is given. Throws Error.
WorldModel load_world_model(const WorldModelArguments&);

/// Another dataset model, on the device of the arguments.
DatasetModel load_other_model(const WorldModelArguments&, const std::string& name);

/// "project, ddim, log-linear, 25 steps".
std::string sampling_text(const Recipe&);

/// What a measurement runs under: signals stop it, the time of the arguments ends it, and how far it is goes to standard
/// error, on one line where that is a terminal.
struct MeasurementRun {
    explicit MeasurementRun(const WorldModelArguments&);

    StopSignals signals{};
    EvaluationProgress progress;
    Deadline deadline;
};

/// Adds --json, and leaves the work of the command to main(). Prints JSON if told to.
void set_work(CLI::App&, Chosen&, const std::function<int(bool json)>& work);

} // namespace lacuna::cli
