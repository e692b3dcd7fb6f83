// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/core/picture.h"

/// One decoder a format, all behind decode_picture; internal to engine/core.
namespace lacuna {

using Bytes = std::span<const std::uint8_t>;

Picture decode_png(Bytes file, const std::string& name);
Picture decode_jpeg(Bytes file, const std::string& name); ///< applies the EXIF orientation
Picture decode_pnm(Bytes file, const std::string& name);
Picture decode_tiff(Bytes file, const std::string& name); ///< the first page; applies the orientation
Picture decode_webp(Bytes file, const std::string& name);

/// Throws Error{Input} if the size breaks the limits of picture_file.h.
void check_size(std::int64_t width, std::int64_t height, const std::string& name);

/// The eight EXIF orientations; anything but 2..8 returns the picture as it is.
Picture oriented(const Picture&, int exif_orientation);

/// For a decoder's refusal: the file is damaged and nothing of it was used.
[[noreturn]] void refuse_picture(const std::string& name, const std::string& cause);

} // namespace lacuna
