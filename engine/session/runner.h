// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "engine/session/session.h"

namespace lacuna {

/// One worker thread that owns the session. The newest request wins: submitting stops the running one, and at
/// most one waits. Exceptions end here and become Failed. Every submitted request that was not replaced while
/// it waited gets exactly one Outcome.
class Runner {
public:
    struct Callbacks {
        std::function<void(Progress)> progressed{}; ///< called on the worker thread
        std::function<void(Outcome)> finished{};    ///< called on the worker thread
    };
    /// `make_session` runs on the worker thread, so that a slow start never blocks the caller.
    Runner(std::function<std::unique_ptr<Session>()> make_session, Callbacks callbacks);
    ~Runner(); ///< stops the running request, drops the waiting one, joins
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void submit(FillRequest request);
    void stop(); ///< asks the running request to end; returns at once. A waiting request is dropped.
    /// Gives back the session and the networks it has loaded as soon as nothing runs; the next request makes a new one.
    void unload();

private:
    void work(std::stop_token quit);

    std::function<std::unique_ptr<Session>()> make_session_;
    Callbacks callbacks_;
    std::mutex mutex_{};
    std::condition_variable_any wake_{};
    std::optional<FillRequest> waiting_{};
    bool unload_ = false;
    std::stop_source running_{std::nostopstate};
    std::jthread thread_{}; ///< last: starts when everything above exists, ends first
};

} // namespace lacuna
