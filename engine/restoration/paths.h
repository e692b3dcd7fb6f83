// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna {

/// The way of a run: levels for SampleRun, and the timestep of the training table behind each (-1: clean).
struct Path {
    std::vector<double> levels;
    std::vector<std::int64_t> timesteps;

    /// Denoising transitions; the others go back up.
    int falls() const;
};

/// times: positions in `kept` in order of visit, -1 = clean; kept: ascending timesteps of `table` (sigma increasing).
Path path_over(const std::vector<double>& table, const std::vector<std::int64_t>& kept,
               const std::vector<int>& times);

/// steps-1, ..., 0, -1.
std::vector<int> plain_times(int steps);

/// When RePaint goes back up (Lugmayr et al. 2022, restoration.md 4.1): at every multiple of `length` below
/// steps - length it climbs `length` steps again, `samples` - 1 times. Levels 2 and 3 do the same inside of a jump of
/// the level before, which re-arms them; a length of 1 with 1 sample never jumps.
struct JumpSchedule {
    int steps = 250;
    int single_samples = 1; ///< every step below the second is taken this often (n_sample)
    struct Level {
        int length = 1;
        int samples = 1;
    };
    Level jump{10, 10}, jump2{}, jump3{};
    int start_resampling = 100'000'000; ///< no jump above this position
};
/// Positions in order of visit, ending with -1. Throws Error{Usage} where there would be more than a million.
std::vector<int> jump_times(const JumpSchedule&);

/// RePaint's plain resampling: from `steps` down to -1, and after every step `repeats` - 1 times up by `length` (as
/// far as there are steps) and down again.
std::vector<int> resampling_times(int steps, int repeats, int length);

/// Every (T / steps)-th timestep from 0; more than `steps` where it does not divide T (DDRM).
std::vector<std::int64_t> strided_timesteps(int T, int steps);
/// The first `steps` of them (DDNM).
std::vector<std::int64_t> first_strided_timesteps(int T, int steps);

/// The path of DDNM with time travel: jumps by `length`, `repeats` times. restoration.md 4.4.
Path ddnm_path(const std::vector<double>& table, int steps, int length = 1, int repeats = 1);
Path ddrm_path(const std::vector<double>& table, int steps);

} // namespace lacuna
