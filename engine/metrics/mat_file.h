// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/metrics/npz.h"

namespace lacuna {

/// The real matrices of a MAT-file of level 5 (MATLAB's -v6 and -v7, compressed or not) from a little-endian machine,
/// by name; texts, structures, complex and other arrays are passed over. At most 16 MB, inflated too, of which 8 MB are
/// numbers. Throws Error{Input}. "MAT-File Format", The MathWorks.
std::map<std::string, NumberArray> read_mat(const std::filesystem::path&);

} // namespace lacuna
