// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "engine/models/preset.h"

namespace lacuna::training {

/// Where the pictures come from.
struct DataConfig {
    enum class Kind {
        World,   ///< a rendered world
        Digits,  ///< films of a moving digit; the frames before the last one are a condition
        Pictures ///< PNG and JPEG files of a folder, their middle square
    };
    Kind kind = Kind::World;
    std::string name{};       ///< of the world, of the variant of the films, or the folder
    int size = 64;            ///< side in pixels
    int condition_frames = 3; ///< of a film
    double right = 0.5;       ///< probability of a film's digit to go right
    std::int64_t scenes = 0;  ///< different scenes, which are kept in memory; 0: every picture is a new one
    /// Part of the loss that is shared out evenly to the regions of a world's attributes, however small they are; the
    /// rest falls on all pixels alike. What is learned stays the same: it minimises the error of every pixel.
    double attribute_share = 0;
};

/// What `lacuna-cli train` is given: strict JSON with the names of these members.
struct TrainConfig {
    enum class Objective {
        Eps, ///< the noise of a picture, mean squared error
        V,   ///< v = sqrt(abar) eps - sqrt(1 - abar) x0, mean squared error              samplers.md 1.1
        Attributes ///< the attributes of a world's picture, mean cross-entropy
    };

    std::string name{};    ///< for people
    std::string id{};      ///< of the model that comes out
    std::string licence{}; ///< of the model that comes out
    std::string note{};
    std::uint64_t seed = 1;
    DataConfig data{};
    NetworkConfig network{};
    Objective objective = Objective::Eps;
    NoiseProcess process{};
    int batch = 16;
    std::int64_t steps = 100000; ///< after which the learning rate, falling like a cosine, is zero
    int warmup = 300;            ///< steps in which the learning rate rises
    double learning_rate = 1e-3;
    double weight_decay = 0;
    double ema = 0.999; ///< decay of the average; less in the beginning: (1 + n) / (10 + n)
    double clip = 1;    ///< norm of all gradients together; 0: no limit
    bool bfloat16 = false;
    bool attention_only = false;   ///< "tune": "attention"
    std::string start{};           ///< a model to start from; empty: random values
    std::string class_attribute{}; ///< the attribute whose value is the network's class; empty: none
    int validation_pictures = 64;
    int validation_every = 500; ///< steps; 0: never
    int sample_every = 1000;    ///< steps; 0: never
    int sample_steps = 20;
    int sample_count = 16;
    int log_every = 10; ///< steps
    double checkpoint_minutes = 5;

    /// What a run that goes on must not change, as text: seed, data, network, objective, process, batch.
    std::string identity{};
};

/// Throws Error{Input} naming the member and `file` for anything that is unknown, missing or out of range.
TrainConfig train_config_from_json(const std::string& text, const std::string& file);

/// Learning rate of a step, 0 .. steps - 1.
double learning_rate(const TrainConfig&, std::int64_t step);

} // namespace lacuna::training
