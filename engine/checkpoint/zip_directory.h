// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/checkpoint/byte_source.h"

namespace lacuna {

/// One stored (not compressed) member: its bytes are [begin, begin + size) of the file.
struct ZipEntry {
    std::uint64_t begin = 0, size = 0;
    std::uint32_t crc = 0; ///< CRC-32 of the bytes; not checked yet
};

/// The members of a zip file by name, without the first folder, which all must share (reliability.md 3.2). Only
/// one reading is possible of what it accepts: members are stored, do not overlap, agree with their local headers,
/// and the directory ends where the file ends. TorchScript archives are refused by name first. Throws
/// Error{Input}.
std::map<std::string, ZipEntry> read_zip_directory(const ByteSource&);

/// The same for a zip file of any program: names in full, in any folders.
std::map<std::string, ZipEntry> read_stored_zip(const ByteSource&);

/// Throws Error{Input} unless the bytes have the CRC-32 of the entry.
void check_crc(const ByteSource&, const std::string& name, const ZipEntry&);

} // namespace lacuna
