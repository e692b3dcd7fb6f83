// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "engine/training/picture_source.h"

namespace lacuna::training {

/// What a step learns from. Lists are [rows, size, size, channels] with the channels beside each other.
struct Batch {
    int rows = 0;
    std::vector<float> pictures{};  ///< in [-1, 1]
    std::vector<float> noise{};     ///< standard normal, as many as pictures
    std::vector<float> condition{}; ///< in [-1, 1]; empty without
    std::vector<float>
        weights{}; ///< of pixels in the loss, [rows, size, size], 1 on average; empty: all alike
    std::vector<double> times{}; ///< for each row, in [0, 1), spread evenly over the rows
    std::vector<scenes::Attributes> attributes{};
};

enum class Split : std::uint32_t { Training = 0, Validation = 1 };

/// Batch `number`, a pure function of its arguments: row i is example number * rows + i, and its noise and time are
/// keyed by (seed, number, i).
Batch make_batch(const PictureSource&, std::uint64_t seed, Split, std::int64_t number, int rows);

/// Training batches made ahead of time on threads of its own.
class BatchQueue {
public:
    BatchQueue(const PictureSource&, std::uint64_t seed, int rows, std::int64_t first, int threads);
    ~BatchQueue();
    BatchQueue(const BatchQueue&) = delete;
    BatchQueue& operator=(const BatchQueue&) = delete;

    /// The next batch; waits for it. What a source threw is thrown here.
    Batch next();

private:
    void work(std::stop_token);

    const PictureSource& source_;
    std::uint64_t seed_;
    int rows_;
    std::int64_t taken_, started_; ///< numbers of the next batch to hand out and to begin
    std::size_t ahead_;
    std::map<std::int64_t, Batch> ready_{};
    std::exception_ptr failure_{};
    std::mutex mutex_{};
    std::condition_variable_any changed_{};
    std::vector<std::jthread> threads_{};
};

} // namespace lacuna::training
