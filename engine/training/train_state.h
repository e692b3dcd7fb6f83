// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/scenes/worlds/world.h"
#include "engine/training/parameters.h"
#include "engine/training/train_config.h"

namespace lacuna::training {

/// Where a training stands, besides its parameters.
struct Counters {
    std::int64_t step = 0; ///< steps done
    double seconds = 0;    ///< of training, over all runs
    double loss_sum = 0;   ///< of the steps since the last line of the log
    std::int64_t loss_count = 0;

    bool operator==(const Counters&) const = default;
};

/// The state as one safetensors file: the tensors parameters/NAME, average/NAME, first_moment/NAME and
/// second_moment/NAME in single precision, and the counters in the metadata. It appears whole or not at all. Throws
/// Error{Output}.
void save_state(const std::filesystem::path&, const TrainConfig&, const Parameters&, const Counters&);

/// Reads it back, bit for bit; nothing when there is no file. Throws Error{Input} for a damaged file and for one of
/// another configuration.
std::optional<Counters> load_state(const std::filesystem::path&, const TrainConfig&, Parameters&);

/// The averaged weights in half precision as a model that `load_model` opens. Classifiers also say which attributes
/// with which values their outputs are, as AttributeMetadata. Throws Error{Output}.
void save_model(const std::filesystem::path&, const TrainConfig&, const std::vector<scenes::Attribute>&,
                const Parameters&);

/// Values of all parameters of a model or checkpoint to start from. Throws Error{Input}.
StateDict read_start(const std::filesystem::path&, const ParameterShapes&);

} // namespace lacuna::training
