// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna {

struct NumberArray {
    std::vector<std::int64_t> shape{};
    std::vector<double> values{}; ///< row-major
};

/// The arrays of a file that numpy's savez wrote, by name without ".npy": little-endian float32 and float64 in C
/// order, stored without compression, at most 64 MB. Throws Error{Input}.
std::map<std::string, NumberArray> read_npz(const std::filesystem::path&);

} // namespace lacuna
