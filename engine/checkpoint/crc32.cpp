// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/crc32.h"

#include <zlib.h>

namespace lacuna {

std::uint32_t crc32(std::uint32_t crc, std::span<const std::uint8_t> bytes)
{
    return static_cast<std::uint32_t>(::crc32_z(crc, bytes.data(), bytes.size()));
}

void refuse_checksum(const ByteSource& source, const std::string& member, std::uint32_t expected)
{
    if (expected == 0) // torch can be told not to compute checksums
        source.refuse("has no checksum for " + in_quotes(member) + ", so damage could not be noticed",
                      "Save it with checksums or as safetensors");
    source.refuse("is damaged: the checksum of " + in_quotes(member) + " differs", "Download it again");
}

} // namespace lacuna
