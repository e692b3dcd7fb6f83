// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/reporter.h"

#include <utility>

namespace lacuna {

namespace {

constexpr double pause = 1.0 / 12; ///< between two reports, in seconds
constexpr double soon = 0.02;

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Reporter::Reporter(const FillRequest& request, const std::function<void(Progress)>& report, int parts)
    : request_(request),
      report_(report),
      parts_(parts)
{
}

bool Reporter::step(WindowProgress window)
{
    const double done = (part_ - window.work_left) / parts_, now = seconds();
    remaining_.note(done, now);
    if (window.at_once > 0)
        note_ = "Memory is short: the model is given " + std::to_string(window.at_once)
                + (window.at_once == 1 ? " picture at a time." : " pictures at a time.");
    const bool due = now - last_ >= pause || window.evaluations_done == window.evaluations;
    if (due) {
        last_ = now;
        latest_.phase = "Sampling";
        latest_.done = (part_ - 1) * window.evaluations + window.evaluations_done;
        latest_.total = parts_ * window.evaluations;
        if (const std::optional<TimeLeft> left = remaining_.left()) {
            latest_.seconds_left = left->seconds;
            latest_.seconds_least = left->least;
            latest_.seconds_most = left->most;
        }
        Progress progress = latest_;
        progress.previews = std::move(window.previews);
        progress.distances = std::move(window.distances);
        send(std::move(progress));
    }
    return seconds() - last_ >= pause - soon || due;
}

void Reporter::phase(const std::string& name, const std::vector<NetworkWindow>& windows)
{
    Progress progress = latest_;
    progress.phase = name;
    progress.windows = windows;
    send(std::move(progress));
}

void Reporter::arrived(std::vector<Completion> members, std::shared_ptr<const CandidatePool> pool)
{
    finished_ += static_cast<int>(members.size());
    arrived_ = std::move(members);
    if (!pool)
        return;
    Progress progress = latest_;
    progress.pool = std::move(pool);
    send(std::move(progress));
}

double Reporter::seconds() const
{
    return seconds_since(start_) - waited_;
}

/// Who receives a report may hold the run up; that is no time of the run.
void Reporter::send(Progress progress)
{
    progress.id = request_.id;
    progress.seconds = seconds();
    progress.finished = finished_;
    progress.note = note_;
    progress.arrived = std::exchange(arrived_, {});
    const auto before = Clock::now();
    report_(std::move(progress));
    waited_ += seconds_since(before);
}

} // namespace lacuna
