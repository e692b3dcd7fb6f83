// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/fill/window_fill.h"
#include "engine/session/remaining_time.h"

namespace lacuna {

/// Tells the caller how far the whole set is, at most twelve times a second.
class Reporter {
public:
    /// parts: windows times groups of members, done one after the other.
    Reporter(const FillRequest&, const std::function<void(Progress)>& report, int parts);

    void begin_part() { ++part_; }
    /// So many parts were done by an earlier run.
    void skip_parts(int parts) { part_ = parts; }
    /// What people should know of this run, a sentence.
    void tell(std::string note) { note_ = std::move(note); }
    /// Whether the next report should carry what is to be shown.
    bool step(WindowProgress);
    void phase(const std::string& name, const std::vector<NetworkWindow>& windows = {});
    /// Members have finished, as the next report tells. `pool`: all candidates, told at once; or null.
    void arrived(std::vector<Completion> members, std::shared_ptr<const CandidatePool> pool);

    double seconds() const; ///< of the run; while a report is received it stands still
    const std::string& note() const { return note_; }

private:
    using Clock = std::chrono::steady_clock;
    void send(Progress);

    const FillRequest& request_;
    const std::function<void(Progress)>& report_;
    Clock::time_point start_ = Clock::now();
    int parts_;
    int part_ = 0;
    int finished_ = 0; ///< members
    double last_ = -1;
    double waited_ = 0; ///< for the receiver of reports
    std::string note_{};
    std::vector<Completion> arrived_{}; ///< not told yet
    RemainingTime remaining_{};
    Progress latest_{}; ///< without what is to be shown
};

} // namespace lacuna
