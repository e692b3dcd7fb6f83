// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace lacuna::cli {

/// While it lives, SIGINT and SIGTERM ask the run to stop after its present step; a second one ends the process
/// at once. Create it before other threads start: they inherit the blocked signals.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    std::stop_token token() const { return source_.get_token(); }
    /// 0, or 128 + the number of the signal that came: the exit code.
    int exit_code() const { return code_; }

private:
    std::stop_source source_{};
    std::atomic<int> code_ = 0;
    std::jthread thread_{};
};

} // namespace lacuna::cli
