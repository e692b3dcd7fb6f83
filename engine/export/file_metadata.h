// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/export/exif.h"

namespace lacuna {

/// What a picture file says beside its pixels.
struct FileMetadata {
    std::vector<std::uint8_t> profile{}; ///< ICC; empty: sRGB is meant
    Exif exif{};
    std::string note{}; ///< what was left out and why, a sentence; empty: nothing
};

inline constexpr std::size_t largest_profile = 4 << 20; ///< bytes of an ICC profile that is read

/// Of a PNG, JPEG, TIFF or WebP file; nothing for others. Damaged parts are left out; never throws. `picture`: what was decoded
/// from it, which the profile must fit.
FileMetadata read_metadata(std::span<const std::uint8_t> file, const Picture& picture);

/// Puts profile and EXIF behind the header of a PNG file that has none; without a profile it says sRGB.
void add_to_png(std::vector<std::uint8_t>& png, std::span<const std::uint8_t> profile,
                std::span<const std::uint8_t> exif_block);

} // namespace lacuna
