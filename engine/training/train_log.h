// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna::training {

struct LogLine {
    std::int64_t step = 0; ///< steps done
    double seconds = 0;    ///< of training, over all runs
    double loss = 0;       ///< mean since the line before
    std::optional<double> validation_loss{};
    double learning_rate = 0;
    double pictures_per_second = 0;
};

/// log.csv of a training folder. Every line is written through at once.
class TrainLog {
public:
    /// Keeps the lines of an existing file up to `step` and forgets the rest: a run that goes on from a checkpoint
    /// repeats what came after it. Throws Error{Input} for a file that is no such log, Error{Output}.
    TrainLog(const std::filesystem::path&, std::int64_t step);

    void add(const LogLine&);
    const std::vector<LogLine>& lines() const { return lines_; }

private:
    std::filesystem::path path_;
    std::vector<LogLine> lines_{};
};

} // namespace lacuna::training
