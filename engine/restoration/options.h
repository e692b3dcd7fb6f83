// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace lacuna {

/// When RePaint goes back up (Lugmayr et al. 2022, restoration.md 4.1): at every multiple of `length` below
/// steps - length it climbs `length` steps again, `samples` - 1 times. Levels 2 and 3 do the same inside of a jump of
/// the level before, which re-arms them; a length of 1 with 1 sample never jumps.
struct JumpSchedule {
    int steps = 250;
    int single_samples = 1; ///< every step below the second is taken this often (n_sample)
    struct Level {
        int length = 1;
        int samples = 1;
        bool operator==(const Level&) const = default;
    };
    Level jump{10, 10}, jump2{}, jump3{};
    int start_resampling = 100'000'000; ///< no jump above this position

    bool operator==(const JumpSchedule&) const = default;
};

/// A method with its parameters, as people give them.
struct RestorationOptions {
    std::string method = "ddnm"; ///< repaint, ddrm, ddnm, dps, diffpir
    int steps = 100;             ///< 2 .. timesteps of the model (RePaint: levels, before jumps)
    /// repaint, dps: spacing of the timesteps as in schedule::respaced, instead of `steps`.
    std::string spacing{};
    double sigma_y = 0;           ///< [0, 10]; noise of the measurement in [-1,1] units
    double eta = 0.85;            ///< [0, 1]; ddrm, ddnm, and the sampler ddnm of "project"
    double eta_b = 1;             ///< [0, 1]; ddrm
    std::optional<double> zeta{}; ///< dps: [0, 1000], 1 if not given; diffpir: [0, 1], 0.3 if not given
    double lambda = 7;            ///< (0, 1e6]; diffpir
    int travel_length = 1;        ///< 1 .. steps; ddnm
    int travel_repeat = 1;        ///< 1 .. 1000; ddnm
    JumpSchedule jumps{};         ///< repaint; its `steps` is set from the spacing
    int time_shift = 1;           ///< 0 .. steps; repaint
    bool learned_variance = true; ///< repaint, dps: use it where the model has one
    double guidance_eta = 0;      ///< [0, 100]
    /// RMS over the missing part in [-1,1] units; with reference_quirks the D of the published program.
    double guidance_bound = std::numeric_limits<double>::infinity();
    /// The published programs to the letter, for comparison (restoration.md 11): Q3, Q5, Q7, Q9, Q11, Q12, Q13, Q15.
    bool reference_quirks = false;

    bool operator==(const RestorationOptions&) const = default;
};

} // namespace lacuna
