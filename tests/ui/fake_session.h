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
    int throwAtStep = -1;  ///< a plain std::runtime_error
    int failedMember = -1; ///< comes back as a member that failed
    bool flood = false;    ///< reports without pause, many times each step
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
        int step = 0;
        for (; step < script_->steps && !stop.stop_requested(); ++step) {
            if (step == script_->throwAtStep)
                throw std::runtime_error("the fake engine broke");
            for (int i = 0; i < (script_->flood ? 200 : 1); ++i)
                report(progressAt(request, step + 1));
            wait(stop);
            ++script_->stepsDone;
        }
        return setAfter(request, step);
    }

    /// The colour of a member; differs from its neighbours by 20 grey levels in each channel.
    static std::uint8_t level(int member) { return std::uint8_t(10 + 20 * member); }

private:
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
        progress.seconds_left = double(script_->steps - step) * 0.1;
        for (int i = 0; i < request.recipe.count; ++i)
            progress.previews.push_back({i, flat(96, 64, 3, level(i)), 20.0, i % 2 == 0});
        return progress;
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
                one.patches.push_back({0, 0,
                                       flat(request.picture.width, request.picture.height,
                                            request.picture.channels, level(i))});
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
