// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>

#include <QtTest>

#include "engine/session/runner.h"

namespace lacuna {

using Report = std::function<void(Progress)>;
using FillFunction = std::function<CompletionSet(const FillRequest&, const Report&, std::stop_token)>;

/// Counts what is alive and what runs at once; shared by a test and its sessions.
struct Counters {
    std::atomic<int> made{0}, alive{0}, running{0}, most_running{0};
    std::atomic<std::thread::id> thread{};
};

class FakeSession : public Session {
public:
    FakeSession(FillFunction fill, Counters& counters) : fill_(std::move(fill)), counters_(counters)
    {
        ++counters_.made;
        ++counters_.alive;
        counters_.thread = std::this_thread::get_id();
    }
    ~FakeSession() override { --counters_.alive; }
    std::vector<ModelInfo> models() const override { return {}; }
    CompletionSet fill(const FillRequest& request, const Report& report, std::stop_token stop) override
    {
        struct Running {
            std::atomic<int>& count;
            ~Running() { --count; }
        } running{counters_.running};
        const int now = ++counters_.running;
        if (now > counters_.most_running)
            counters_.most_running = now;
        return fill_(request, report, stop);
    }

private:
    FillFunction fill_;
    Counters& counters_;
};

/// Blocks until asked to stop; gives up after a minute, so that a broken stop fails instead of hanging.
inline bool wait_for_stop(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, std::chrono::seconds(60), [&] { return stop.stop_requested(); });
    return stop.stop_requested();
}

/// What the callbacks delivered.
class Log {
public:
    Runner::Callbacks callbacks()
    {
        return {[this](Progress progress) {
                    const std::lock_guard lock(mutex_);
                    progress_.push_back(std::move(progress));
                    changed_.notify_all();
                },
                [this](Outcome outcome) {
                    const std::lock_guard lock(mutex_);
                    outcomes_.push_back(std::move(outcome));
                    changed_.notify_all();
                }};
    }
    bool wait_for_outcomes(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(60), [&] { return outcomes_.size() >= count; });
    }
    bool wait_for_outcome(std::uint64_t id)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(60), [&] {
            return std::any_of(outcomes_.begin(), outcomes_.end(),
                               [&](const Outcome& o) { return o.id == RequestId{id}; });
        });
    }
    std::vector<Outcome> outcomes()
    {
        const std::lock_guard lock(mutex_);
        return outcomes_;
    }
    std::vector<Progress> progress()
    {
        const std::lock_guard lock(mutex_);
        return progress_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Outcome> outcomes_;
    std::vector<Progress> progress_;
};

inline FillRequest request(std::uint64_t id)
{
    FillRequest r;
    r.id = RequestId{id};
    r.recipe.seed = id;
    return r;
}

/// A set that says for which request it was made.
inline CompletionSet set_for(const FillRequest& r, bool stopped = false)
{
    CompletionSet set;
    set.recipe = r.recipe;
    set.stopped = stopped;
    return set;
}

/// Tests of the runner: each counts its sessions, and none may outlive it.
class RunnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        counters_.made = 0;
        counters_.most_running = 0;
    }
    void cleanup()
    {
        QCOMPARE(counters_.alive.load(), 0); // the worker ended and took its session with it
        QVERIFY(counters_.most_running.load() <= 1);
    }

protected:
    std::function<std::unique_ptr<Session>()> factory(FillFunction fill)
    {
        return [this, fill] { return std::make_unique<FakeSession>(fill, counters_); };
    }
    Counters counters_;
};

} // namespace lacuna
