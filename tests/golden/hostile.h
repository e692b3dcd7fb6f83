// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace lacuna::golden {

/// Opens every file of a corpus of malformed files (manifest.json) in this process and compares the outcome with
/// the required one: accepted or refused with an error that names the file, in time, within the memory, and without
/// anything of a file having been run. One line per file on standard output:
/// `PASS|FAIL name accept|reject seconds extra_mb`. Returns the exit code; throws BrokenData.
int run_hostile(const std::filesystem::path& folder);

} // namespace lacuna::golden
