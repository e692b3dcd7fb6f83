// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "engine/core/tensor.h"

namespace lacuna::golden {

/// The folder is not what it should be: what() is one sentence that names the file.
class BrokenData : public std::runtime_error {
public:
    BrokenData(const std::filesystem::path& file, const std::string& cause)
        : std::runtime_error(file.string() + ": " + cause)
    {
    }
};

/// A .npy file of format 1.0 in C order: <f2, <f4, <f8, <i4, <i8, |u1, |i1 or |b1; any number of
/// dimensions, also none. Throws BrokenData.
Tensor read_npy(const std::filesystem::path& file);

/// A whole file of at most 1 GiB. Throws BrokenData.
std::string read_file(const std::filesystem::path& file);

} // namespace lacuna::golden
