// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/batches.h"

#include "engine/core/philox.h"

namespace lacuna::training {

namespace {

// Streams of training, apart from those of the samplers.
constexpr std::uint32_t kScene = 0x5343454E, kNoise = 0x4E4F4953, kTime = 0x54494D45;

std::uint64_t scene_number(std::uint64_t seed, Split split, std::uint64_t example)
{
    const PhiloxBlock words =
        philox4x32({static_cast<std::uint32_t>(example), static_cast<std::uint32_t>(example >> 32),
                    static_cast<std::uint32_t>(split), kScene},
                   {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return std::uint64_t(words[0]) << 32 | words[1];
}

void append(std::vector<float>& to, const std::vector<std::uint8_t>& bytes)
{
    for (const std::uint8_t byte : bytes)
        to.push_back(static_cast<float>(byte) / 127.5f - 1);
}

} // namespace

Batch make_batch(const PictureSource& source, std::uint64_t seed, Split split, std::int64_t number, int rows)
{
    Batch batch{.rows = rows};
    const auto step = static_cast<std::uint32_t>(number);
    const auto apart = static_cast<std::uint32_t>(split);
    for (int i = 0; i < rows; ++i) {
        const auto count = static_cast<std::uint64_t>(number) * static_cast<std::uint64_t>(rows)
                           + static_cast<std::uint64_t>(i);
        Example example = source.example(scene_number(seed, split, count));
        append(batch.pictures, example.pixels);
        append(batch.condition, example.condition);
        batch.weights.insert(batch.weights.end(), example.weights.begin(), example.weights.end());
        batch.attributes.push_back(std::move(example.attributes));
        const auto member = static_cast<std::uint32_t>(i);
        batch.noise.resize(batch.pictures.size());
        standard_normals({.seed = seed, .member = member, .step = step, .purpose = kNoise + apart},
                         batch.noise.data() + batch.noise.size() - example.pixels.size(),
                         example.pixels.size());
        const double u = uniform({.seed = seed, .member = member, .step = step, .purpose = kTime + apart}, 0);
        batch.times.push_back((i + u) / rows);
    }
    return batch;
}

BatchQueue::BatchQueue(const PictureSource& source, std::uint64_t seed, int rows, std::int64_t first,
                       int threads)
    : source_(source),
      seed_(seed),
      rows_(rows),
      taken_(first),
      started_(first),
      ahead_(2 + static_cast<std::size_t>(threads))
{
    for (int i = 0; i < threads; ++i)
        threads_.emplace_back([this](std::stop_token stop) { work(stop); });
}

BatchQueue::~BatchQueue()
{
    for (std::jthread& thread : threads_)
        thread.request_stop();
}

void BatchQueue::work(std::stop_token stop)
{
    for (;;) {
        std::int64_t number = 0;
        {
            std::unique_lock lock(mutex_);
            const auto room = [&] { return static_cast<std::size_t>(started_ - taken_) < ahead_; };
            if (!changed_.wait(lock, stop, room) || failure_)
                return;
            number = started_++;
        }
        try {
            Batch batch = make_batch(source_, seed_, Split::Training, number, rows_);
            const std::lock_guard lock(mutex_);
            ready_.emplace(number, std::move(batch));
        } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
        }
        changed_.notify_all();
    }
}

Batch BatchQueue::next()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || ready_.contains(taken_); });
    if (failure_)
        std::rethrow_exception(failure_);
    Batch batch = std::move(ready_.extract(taken_++).mapped());
    lock.unlock();
    changed_.notify_all();
    return batch;
}

} // namespace lacuna::training
