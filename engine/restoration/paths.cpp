// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/paths.h"

#include <algorithm>
#include <numeric>

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr std::size_t longest_path = 1'000'000;

/// How often a level may still jump at each position.
class Jumps {
public:
    Jumps(const JumpSchedule::Level& level, int steps) : level_(level), steps_(steps) { arm(); }

    void arm()
    {
        left_.assign(static_cast<std::size_t>(steps_), 0);
        for (int t = 0; t < steps_ - level_.length; t += level_.length)
            left_[static_cast<std::size_t>(t)] = level_.samples - 1;
    }

    /// Climbs from t where it may; false: it stays.
    bool take(int& t, std::vector<int>& times, int start_resampling)
    {
        if (t > start_resampling - level_.length || left_[static_cast<std::size_t>(t)] <= 0)
            return false;
        --left_[static_cast<std::size_t>(t)];
        for (int i = 0; i < level_.length; ++i)
            times.push_back(++t);
        return true;
    }

private:
    JumpSchedule::Level level_;
    int steps_;
    std::vector<int> left_{};
};

} // namespace

int Path::falls() const
{
    int count = 0;
    for (std::size_t i = 1; i < levels.size(); ++i)
        count += levels[i] < levels[i - 1] ? 1 : 0;
    return count;
}

Path path_over(const std::vector<double>& table, const std::vector<std::int64_t>& kept,
               const std::vector<int>& times)
{
    Path path;
    for (const int time : times) {
        const std::int64_t timestep = time < 0 ? -1 : kept.at(static_cast<std::size_t>(time));
        path.timesteps.push_back(timestep);
        path.levels.push_back(timestep < 0 ? 0 : table.at(static_cast<std::size_t>(timestep)));
    }
    return path;
}

std::vector<int> plain_times(int steps)
{
    std::vector<int> times(static_cast<std::size_t>(steps) + 1);
    std::iota(times.rbegin(), times.rend(), -1);
    return times;
}

std::vector<int> jump_times(const JumpSchedule& schedule)
{
    for (const JumpSchedule::Level& level : {schedule.jump, schedule.jump2, schedule.jump3})
        check(level.length >= 1 && level.samples >= 1, "a jump has a length and is taken once or more");
    check(schedule.steps >= 1 && schedule.single_samples >= 1, "a schedule has a step");

    Jumps first(schedule.jump, schedule.steps), second(schedule.jump2, schedule.steps),
        third(schedule.jump3, schedule.steps);
    std::vector<int> times;
    int t = schedule.steps;
    while (t >= 1) {
        times.push_back(--t);
        if (t + 1 < schedule.steps - 1 && t <= schedule.start_resampling)
            for (int i = 1; i < schedule.single_samples; ++i)
                times.insert(times.end(), {t + 1, t});
        third.take(t, times, schedule.start_resampling);
        if (second.take(t, times, schedule.start_resampling))
            third.arm();
        if (first.take(t, times, schedule.start_resampling)) {
            second.arm();
            third.arm();
        }
        if (times.size() > longest_path)
            throw Error(ErrorKind::Usage, "The jump schedule", "it has more than a million steps",
                        "Use fewer repeats or longer jumps.");
    }
    times.push_back(-1);
    return times;
}

std::vector<int> resampling_times(int steps, int repeats, int length)
{
    check(steps >= 1 && repeats >= 1 && length >= 1, "a schedule has a step");
    std::vector<int> times{steps};
    for (int t = steps - 1; t >= -1; --t) {
        times.push_back(t);
        const int climb = std::min(length, steps - t);
        for (int i = 1; i < repeats; ++i) {
            for (int up = 1; up <= climb; ++up)
                times.push_back(t + up);
            for (int down = climb - 1; down >= 0; --down)
                times.push_back(t + down);
        }
    }
    return times;
}

std::vector<std::int64_t> strided_timesteps(int T, int steps)
{
    check(steps >= 1 && steps <= T, "a run has between one step and as many as the table");
    std::vector<std::int64_t> timesteps;
    for (std::int64_t t = 0; t < T; t += T / steps)
        timesteps.push_back(t);
    return timesteps;
}

std::vector<std::int64_t> first_strided_timesteps(int T, int steps)
{
    std::vector<std::int64_t> timesteps = strided_timesteps(T, steps);
    timesteps.resize(static_cast<std::size_t>(steps));
    return timesteps;
}

Path ddnm_path(const std::vector<double>& table, int steps, int length, int repeats)
{
    JumpSchedule schedule{.steps = steps};
    schedule.jump = {length, repeats};
    return path_over(table, first_strided_timesteps(static_cast<int>(table.size()), steps),
                     jump_times(schedule));
}

Path ddrm_path(const std::vector<double>& table, int steps)
{
    const auto kept = strided_timesteps(static_cast<int>(table.size()), steps);
    return path_over(table, kept, plain_times(static_cast<int>(kept.size())));
}

} // namespace lacuna
