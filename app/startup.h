// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna {

/// Settings that libraries read before main(): a desktop program shares its machine, so OpenMP threads wait
/// briefly instead of spinning; OpenBLAS is told of AVX-512 processors it does not know by name. Where one of them
/// is missing the process starts itself again, once, with it set; a variable set by the user is left alone.
/// Memory is kept between steps instead of being given back to the system each time.
void prepare_process(char** argv);

} // namespace lacuna
