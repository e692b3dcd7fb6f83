// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lacuna {

/// One entry of an EXIF directory. Its values are little-endian, whatever the file was.
struct ExifEntry {
    std::uint16_t tag = 0;
    std::uint16_t type = 0; ///< 1..12 as in TIFF 6.0
    std::uint32_t count = 0;
    std::vector<std::uint8_t> value{};

    bool operator==(const ExifEntry&) const = default;
};

/// What a camera wrote beside a picture, as far as it stays true of the filled one. Left out: the thumbnail, which
/// shows the picture before, the orientation, which the decoder has applied, and the notes that only the camera's maker
/// can read.
struct Exif {
    std::vector<ExifEntry> main{};   ///< camera, date, author
    std::vector<ExifEntry> camera{}; ///< exposure, lens, serial numbers
    std::vector<ExifEntry> place{};  ///< where it was taken

    bool empty() const { return main.empty() && camera.empty() && place.empty(); }
    bool operator==(const Exif&) const = default;
};

/// Reads a block that begins with "II*" or "MM*". Entries that point outside it are left out; never throws.
Exif read_exif(std::span<const std::uint8_t> block);

/// The bytes of one entry of the first directory of a TIFF file, as they are there; empty: it is not there.
std::vector<std::uint8_t> tiff_entry(std::span<const std::uint8_t> tiff, std::uint16_t tag);

/// The same as a block for JPEG (behind "Exif\0\0"), PNG and WebP; empty for nothing.
std::vector<std::uint8_t> exif_block(const Exif&);

/// Puts it into a little-endian TIFF file of one picture, together with other entries of its directory.
void add_to_tiff(std::vector<std::uint8_t>& tiff, const Exif&, std::vector<ExifEntry> others);

/// Whether it tells a place, a person or a serial number.
bool tells_private_things(const Exif&);
/// Without these, and without texts that people have written.
Exif without_private_things(const Exif&);

/// The size of the picture it is about, which may have been turned.
void set_size(Exif&, int width, int height);

} // namespace lacuna
