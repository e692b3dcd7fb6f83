// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/stop_signals.h"

#include <csignal>
#include <ctime>

#include <unistd.h>

namespace lacuna::cli {

namespace {

sigset_t stop_set()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

StopSignals::StopSignals()
{
    const sigset_t set = stop_set();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::jthread([this, set](std::stop_token quit) {
        constexpr timespec slice{0, 50'000'000};
        while (!quit.stop_requested()) {
            const int signal = sigtimedwait(&set, nullptr, &slice);
            if (signal <= 0)
                continue;
            if (code_ != 0)
                _exit(128 + signal);
            code_ = 128 + signal;
            source_.request_stop();
        }
    });
}

StopSignals::~StopSignals()
{
    thread_.request_stop();
    thread_.join();
    const sigset_t set = stop_set();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace lacuna::cli
