// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/core/picture_file.h"
#include "engine/export/exif.h"

namespace lacuna {

/// What is written beside the pixels.
struct Attachments {
    std::vector<std::uint8_t> profile{}; ///< ICC; empty: the pixels are sRGB
    Exif exif{};
    std::string xmp{};   ///< a packet; PNG, JPEG, TIFF and WebP carry it
    TextChunks texts{};  ///< PNG only
    std::string maker{}; ///< the program, TIFF only
};

/// One encoder a format; all write top row first and no orientation. PNG and TIFF keep channels and depth. Each throws
/// Error{Input} where the format cannot hold a picture of this size.
std::vector<std::uint8_t> encode_png_with(const Picture&, const Attachments&);
std::vector<std::uint8_t> encode_tiff(const Picture&, const Attachments&); ///< deflated
/// 8-bit grey or RGB; quality 1..100; colour is not subsampled.
std::vector<std::uint8_t> encode_jpeg(const Picture&, int quality, const Attachments&);
/// 8-bit RGB or RGBA; quality 1..99, or 100: lossless, also under transparent pixels.
std::vector<std::uint8_t> encode_webp(const Picture&, int quality, const Attachments&);

/// Another depth, 8 or 16 bits; rounded, or exact.
Picture with_bits(const Picture&, int bits);
/// Without alpha: put on white.
Picture on_white(const Picture&);
/// Grey repeated in three channels; alpha and depth stay.
Picture in_colour(const Picture&);

} // namespace lacuna
