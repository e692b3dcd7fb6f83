// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna {

/// What a process does before its first tensor operation: memory is kept between steps instead of being given back
/// to the system each time, and an OpenBLAS that does not know the processor by name is told what it can do.
void prepare_process();

} // namespace lacuna
