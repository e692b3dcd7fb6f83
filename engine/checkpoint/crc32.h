// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/checkpoint/byte_source.h"

namespace lacuna {

/// The CRC-32 of zip files, continued from `crc` (0 at first).
std::uint32_t crc32(std::uint32_t crc, std::span<const std::uint8_t> bytes);

/// Throws Error{Input}: the bytes of a member are not those that were written (`expected` is what the file says).
[[noreturn]] void refuse_checksum(const ByteSource&, const std::string& member, std::uint32_t expected);

} // namespace lacuna
