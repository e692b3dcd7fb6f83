// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/diffusion/history.h"

namespace lacuna {

/// The combination of the latest one to four eps with the weights of Adams-Bashforth for equal steps:
/// eps_i; (3, -1) / 2; (23, -16, 5) / 12; (55, -59, 37, -9) / 24. The history holds at least one.
Tensor adams_bashforth(const History& eps);

} // namespace lacuna
