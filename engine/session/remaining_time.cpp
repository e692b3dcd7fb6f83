// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/remaining_time.h"

#include <algorithm>
#include <cmath>

namespace lacuna {

namespace {

constexpr std::size_t fewest_parts = 3, most_parts = 32;

} // namespace

void RemainingTime::note(double work, double seconds)
{
    if (!begun_) { // what came before prepared the run
        begun_ = true;
        work_ = work;
        seconds_ = seconds;
        return;
    }
    if (work <= work_ || seconds - seconds_ < least_seconds_)
        return;
    parts_.push_back({work - work_, seconds - seconds_});
    work_ = work;
    seconds_ = seconds;
    if (parts_.size() == most_parts)
        halve();
}

/// Two parts become one, so that a long run is described by as few as a short one.
void RemainingTime::halve()
{
    std::vector<Part> joined;
    for (std::size_t i = 0; i + 1 < parts_.size(); i += 2)
        joined.push_back({parts_[i].work + parts_[i + 1].work, parts_[i].seconds + parts_[i + 1].seconds});
    parts_ = std::move(joined);
    least_seconds_ *= 2;
}

std::optional<TimeLeft> RemainingTime::left() const
{
    if (parts_.size() < fewest_parts)
        return std::nullopt;
    const double n = static_cast<double>(parts_.size());
    double work = 0, seconds = 0;
    for (const Part& part : parts_) {
        work += part.work;
        seconds += part.seconds;
    }
    // Parts differ in their work: each is compared with the time that its work should take.
    const double pace = seconds / work;
    double squares = 0;
    for (const Part& part : parts_)
        squares += std::pow(part.seconds - pace * part.work, 2);
    const double spread = std::sqrt(squares / (n - 1));
    const double rest = std::max(0.0, 1 - work_) * pace, more = rest / (seconds / n);
    const double doubt = 2 * spread * std::sqrt(more + more * more / n);
    return TimeLeft{rest, std::max(0.0, rest - doubt), rest + doubt};
}

} // namespace lacuna
