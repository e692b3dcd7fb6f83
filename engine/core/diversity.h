// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna {

/// What a position of the diversity dial means to the guidance.
struct Diversity {
    double eta = 0; ///< step size; 0: plain samples of the model
    double bound_gray =
        0; ///< a member is not pushed while its nearest mate is farther than this, in grey levels
};

inline constexpr double plain_dial = 0, default_dial = 50, wild_dial = 100;

/// What the numbers are for: This photo contracts more strongly than networks and needs larger steps.
enum class DiversityFor { ThisPhoto, Network };

/// dial from 0 (plain) to 100 (wild); the numbers were chosen for This photo with `lacuna-cli bench`, and for networks
/// around those of the papers (eta 0.3).
Diversity diversity(double dial, DiversityFor = DiversityFor::ThisPhoto);

} // namespace lacuna
