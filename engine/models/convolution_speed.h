// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna {

/// What a direct 3 x 3 convolution of 128 to 128 channels of 64 x 64 pixels reaches here, one on every thread in use,
/// in GFLOP/s of all together (the best of `rounds`); 0 on processors without a plan.
double measure_direct_convolution(int rounds = 5);

} // namespace lacuna
