// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace lacuna {

/// Writes a whole file or nothing: temporary file in the same folder, every write checked, fsync, rename, fsync
/// of the folder. Throws Error{Output} naming the file, the cause and the free space; the old file stays.
void write_file(const std::filesystem::path&, std::span<const std::uint8_t> bytes);
void write_file(const std::filesystem::path&, const std::string& text);

/// Reads a whole file of at most `limit` bytes. Throws Error{Input}.
std::vector<std::uint8_t> read_file(const std::filesystem::path&, std::uint64_t limit = std::uint64_t(4)
                                                                                        << 30);

} // namespace lacuna
