// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace lacuna {

/// Seconds until a run ends, and the interval in which the end lies about as surely as 19 of 20 times.
struct TimeLeft {
    double seconds = 0;
    double least = 0, most = 0;
};

/// Predicts the rest of a run from how long its parts took so far: m more parts of time t take m t; what n parts with
/// the spread s say of that is m t +- 2 s sqrt(m + m m / n), the prediction interval of a sum.
class RemainingTime {
public:
    /// work: share of the run that is done, growing from 0 to 1, after so many seconds.
    void note(double work, double seconds);
    /// None before some parts were timed.
    std::optional<TimeLeft> left() const;

private:
    struct Part {
        double work = 0, seconds = 0;
    };
    void halve();

    std::vector<Part> parts_{};
    double work_ = 0, seconds_ = 0; ///< at the end of the last part
    double least_seconds_ = 0.25;   ///< of a part; doubles as the run gets longer
    bool begun_ = false;
};

} // namespace lacuna
