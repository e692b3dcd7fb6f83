// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "engine/core/error.h"
#include "engine/session/session.h"

namespace lacuna {

/// What a test wants of the session and may watch while it works. Shared by all sessions of one factory.
struct FakeScript {
    int steps = 20;
    std::chrono::milliseconds stepTime{2};
    int plainShift = 0;          ///< grey levels that members without guidance are lighter
    int throwAtStep = -1;        ///< a plain std::runtime_error
    double secondsOfAStep = 0.1; ///< that the session claims
    std::string note{};          ///< that comes with every report
    int failedMember = -1;       ///< comes back as a member that failed
    std::atomic<int> holdAfter{
        1 << 30};       ///< a run with a pool waits after so many candidates until it is more
    bool flood = false; ///< reports without pause, many times each step
    std::atomic<int> stepsDone{0};
    std::atomic<int> runs{0};
    std::atomic<bool> working{false};
};

/// Fills holes with plain colours, one a member, and goes through the motions of sampling.
class FakeSession : public Session {
public:
    explicit FakeSession(std::shared_ptr<FakeScript> script) : script_(std::move(script)) {}

    std::vector<ModelInfo> models() const override
    {
        return {{"flat", "Flat colours", "Every completion is one colour."},
                {"this-photo", "This photo", "Learns from the known part of the picture itself."},
                {.id = "portraits-64",
                 .name = "Portraits",
                 .description = "Trained on 64 x 64 pixels; comes with Lacuna.",
                 .native_size = 64,
                 .origin = ModelInfo::Origin::Bundled},
                {.id = "classifier", .name = "Classifier", .origin = ModelInfo::Origin::User, .fills = false},
                {.id = "frames",
                 .name = "Frames",
                 .native_size = 32,
                 .origin = ModelInfo::Origin::User,
                 .condition_frames = 3}};
    }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        script_->working = true;
        const std::unique_ptr<std::atomic<bool>, void (*)(std::atomic<bool>*)> rest(
            &script_->working, [](std::atomic<bool>* working) { *working = false; });
        ++script_->runs;
        if (request.recipe.pool > 0)
            return pooled(request, report, stop);
        int step = 0;
        for (; step < script_->steps && !stop.stop_requested(); ++step) {
            if (step == script_->throwAtStep)
                throw std::runtime_error("the fake engine broke");
            for (int i = script_->flood ? 200 : 1; i > 0; --i) {
                Progress progress = progressAt(request, step + 1);
                if (i == 1 && step + 1 == script_->steps)
                    addArrived(request, progress);
                report(std::move(progress));
            }
            wait(stop);
            ++script_->stepsDone;
        }
        return setAfter(request, step);
    }

    /// The colour of a member; differs from its neighbours by 20 grey levels in each channel.
    static std::uint8_t level(int member) { return std::uint8_t(10 + 20 * member); }

    /// Candidates come in three kinds, of 70, 25 and 5 of a hundred, far apart from each other.
    static int kind(int member) { return member % 20 == 7 ? 2 : member % 4 == 3 ? 1 : 0; }

    static std::shared_ptr<const CandidatePool> pool(const FillRequest& request, int count)
    {
        CandidatePool pool{.columns = 2};
        for (int i = 0; i < count; ++i) {
            Completion one;
            one.member = i;
            one.patches.push_back({0, 0,
                                   flat(request.picture.width, request.picture.height,
                                        request.picture.channels, std::uint8_t(1 + i % 250))});
            pool.candidates.push_back(std::move(one));
            pool.features.push_back(100.f * float(kind(i)) + float(i * 37 % 11));
            pool.features.push_back(float(i * 53 % 13));
        }
        return std::make_shared<const CandidatePool>(std::move(pool));
    }

private:
    /// Groups of the set's size come one after the other, a step each.
    CompletionSet pooled(const FillRequest& request, const std::function<void(Progress)>& report,
                         const std::stop_token& stop)
    {
        int count = 0;
        while (count < request.recipe.pool && !stop.stop_requested()) {
            if (count >= script_->holdAfter) {
                wait(stop);
                continue;
            }
            const int before = count;
            count = std::min(request.recipe.pool, count + request.recipe.count);
            Progress progress;
            progress.phase = "Sampling";
            progress.done = count;
            progress.total = request.recipe.pool;
            progress.pool = pool(request, count);
            const auto& all = progress.pool->candidates;
            progress.arrived.assign(all.begin() + before, all.end());
            progress.finished = count;
            report(std::move(progress));
            wait(stop);
            ++script_->stepsDone;
        }
        CompletionSet set;
        set.recipe = request.recipe;
        set.stopped = count < request.recipe.pool;
        set.pool = pool(request, count);
        set.completions.assign(set.pool->candidates.begin(),
                               set.pool->candidates.begin() + request.recipe.count);
        return set;
    }

    /// Sleeps for one step, but wakes at once when asked to stop.
    void wait(const std::stop_token& stop)
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any wake;
        wake.wait_for(lock, stop, script_->stepTime, [] { return false; });
    }

    static Picture flat(int width, int height, int channels, std::uint8_t value)
    {
        return make_picture(width, height, channels, 8, [=](std::uint8_t* to) {
            std::fill(to, to + std::size_t(width) * height * channels, value);
        });
    }

    Progress progressAt(const FillRequest& request, int step) const
    {
        Progress progress;
        progress.phase = "Sampling";
        progress.done = step;
        progress.total = script_->steps;
        progress.seconds = double(step) * script_->secondsOfAStep;
        progress.seconds_left = double(script_->steps - step) * script_->secondsOfAStep;
        progress.seconds_least = 0.8 * progress.seconds_left;
        progress.seconds_most = 1.2 * progress.seconds_left;
        progress.note = script_->note;
        progress.distances = {
            .evaluation = step, .evaluations = script_->steps, .bound_gray = 24, .members = {}};
        for (int i = 0; i < request.recipe.count; ++i) { // they move apart until the bound and a little more
            const double gray = 4 + (24.0 + 3 * i) * step / script_->steps;
            progress.distances.members.push_back({i, gray, gray <= 24});
        }
        for (int i = 0; i < request.recipe.count; ++i)
            progress.previews.push_back({i, flat(96, 64, 3, level(i)), 20.0, i % 2 == 0});
        return progress;
    }

    /// All members finish with the last step; how far they are from each other is not measured yet.
    void addArrived(const FillRequest& request, Progress& progress) const
    {
        for (Completion& one : setAfter(request, script_->steps).completions)
            if (one.problem.empty()) {
                one.nearest_gray = 0;
                progress.arrived.push_back(std::move(one));
            }
        progress.finished = int(progress.arrived.size());
    }

    CompletionSet setAfter(const FillRequest& request, int step) const
    {
        CompletionSet set;
        set.recipe = request.recipe;
        set.stopped = step < script_->steps;
        if (request.recipe.model != "this-photo")
            set.windows.push_back({{0, 0, request.picture.width, request.picture.height}, 32, 32});
        set.seconds = 1.5;
        if (step == 0)
            return set;
        for (int i = 0; i < request.recipe.count; ++i) {
            Completion one;
            one.member = i;
            one.finished = !set.stopped;
            if (i == script_->failedMember) {
                one.problem =
                    "Member " + std::to_string(i + 1) + " became NaN at step 7. Lower eta and try again.";
            } else {
                one.nearest_gray = 20;
                one.patches.push_back(
                    {0, 0,
                     flat(request.picture.width, request.picture.height, request.picture.channels,
                          std::uint8_t(level(i) + (request.recipe.eta > 0 ? 0 : script_->plainShift)))});
            }
            set.completions.push_back(std::move(one));
        }
        set.mean_distance_gray = 40;
        return set;
    }

    std::shared_ptr<FakeScript> script_;
};

inline std::function<std::unique_ptr<Session>()> fakeFactory(std::shared_ptr<FakeScript> script)
{
    return [script]() -> std::unique_ptr<Session> { return std::make_unique<FakeSession>(script); };
}

} // namespace lacuna
