// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/stop_signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "engine/core/error.h"

namespace lacuna::cli {

namespace {

constexpr char end_of_watch = 0;

int pipe_ends[2] = {-1, -1};
std::atomic<int> first_signal = 0; // lock-free, therefore allowed in a handler

/// Only what is safe in a signal handler: atomics, write, _exit.
void on_signal(int signal)
{
    const int saved = errno;
    int none = 0;
    if (!first_signal.compare_exchange_strong(none, signal))
        _exit(128 + signal);
    const char byte = static_cast<char>(signal);
    [[maybe_unused]] const auto written = ::write(pipe_ends[1], &byte, 1);
    errno = saved;
}

void handle(void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2})
        sigaction(signal, &action, nullptr);
}

} // namespace

StopSignals::StopSignals()
{
    check(pipe2(pipe_ends, O_CLOEXEC) == 0, "a pipe for signals can be made");
    first_signal = 0;
    thread_ = std::jthread([this] {
        char byte = end_of_watch;
        while (::read(pipe_ends[0], &byte, 1) < 0 && errno == EINTR) {
        }
        if (byte != end_of_watch)
            source_.request_stop();
    });
    handle(on_signal);
}

StopSignals::~StopSignals()
{
    handle(SIG_DFL);
    [[maybe_unused]] const auto written = ::write(pipe_ends[1], &end_of_watch, 1);
    thread_.join();
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
}

int StopSignals::exit_code() const
{
    return first_signal == 0 ? 0 : 128 + first_signal;
}

} // namespace lacuna::cli
