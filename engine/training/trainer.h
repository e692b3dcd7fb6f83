// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/core/tensor.h"
#include "engine/training/train_config.h"
#include "engine/training/train_log.h"

namespace lacuna::training {

struct TrainOptions {
    int threads = 0;    ///< 0: all usable cores
    double minutes = 0; ///< the run ends after this time; 0: after the last step
    at::Device device = at::kCPU;
};

enum class TrainEnd { LastStep, Time, Stopped };

/// Trains a network. Bits of the result depend on the configuration, the number of threads and the processor, not on
/// when a run was interrupted and taken up again.
class Trainer {
public:
    /// Takes up the training in `folder` where state.safetensors is there, else begins one. Throws Error{Input},
    /// Error{Usage} for bfloat16 on a processor without instructions for it, Error{Output}.
    Trainer(TrainConfig, std::filesystem::path folder, TrainOptions);
    ~Trainer();

    std::int64_t step() const; ///< steps done
    const TrainConfig& config() const;

    /// Trains until the last step, the time, or `stop` is asked for after the present step; writes the checkpoint,
    /// the model, log.csv, curve.png and samples-STEP.png. `on_line` hears every line of the log. Throws Error naming the step when the loss stops
    /// being finite, and Error{Output}; the checkpoint before stays.
    TrainEnd run(std::stop_token stop, const std::function<void(const LogLine&)>& on_line = {});

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace lacuna::training
