// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna {

/// Limits that every decoder obeys, checked from the header before pixels are allocated.
inline constexpr int max_side = 32768;
inline constexpr std::int64_t max_pixels = 120'000'000; ///< of 12,000 x 9,000 and a little more

/// Reads PNG, JPEG, TIFF, WebP and PNM (P5, P6) by their magic bytes, whatever the file is called. EXIF orientation is
/// applied, palettes are expanded, CMYK becomes RGB; alpha and 16 bits are kept. Throws Error{Input} naming the
/// file: unreadable, unknown format, truncated, damaged (a decoder's warning counts), too large.
Picture read_picture(const std::filesystem::path&);
Picture decode_picture(std::span<const std::uint8_t> file, const std::string& name);

/// A mask file as 255 = hole: white (luminance >= 128 of 255, or alpha where a picture has no other content) is
/// the hole, or the known part if `white_is_known`. Throws Error{Input}.
Mask read_mask(const std::filesystem::path&, bool white_is_known = false);
Mask mask_from_picture(const Picture&, bool white_is_known = false);

using TextChunks = std::vector<std::pair<std::string, std::string>>;

/// Lossless PNG, uncompressed text chunks (tEXt, iTXt where not Latin-1).
std::vector<std::uint8_t> encode_png(const Picture&, const TextChunks& texts = {});
std::vector<std::uint8_t> encode_png(const Mask&);
TextChunks read_png_texts(std::span<const std::uint8_t> file, const std::string& name);

} // namespace lacuna
