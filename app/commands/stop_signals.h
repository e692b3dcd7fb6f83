// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace lacuna::cli {

/// While it lives, SIGINT, SIGTERM, SIGUSR1 and SIGUSR2 (with which schedulers announce the end of a job's time) ask
/// the run to stop after its present step; a second one ends the process at once. One at a time. It uses a handler, not blocked signals: libraries start threads before main() that block
/// nothing.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    std::stop_token token() const { return source_.get_token(); }
    /// 0, or 128 + the number of the signal that came: the exit code.
    int exit_code() const;

private:
    std::stop_source source_{};
    std::jthread thread_{}; ///< waits for what the handler writes
};

} // namespace lacuna::cli
