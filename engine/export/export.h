// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/export/provenance.h"
#include "engine/session/messages.h"

namespace lacuna {

enum class ExportFormat { Png, Jpeg, Tiff, WebP, OpenRaster };

/// Its ending, "png" and so on.
std::string ending(ExportFormat);
bool holds_16_bits(ExportFormat);
bool holds_alpha(ExportFormat);
bool has_quality(ExportFormat);

struct ExportOptions {
    ExportFormat format = ExportFormat::Png;
    int quality = 92;         ///< 1..100, JPEG and WebP; WebP of 100 is lossless
    int bits = 0;             ///< 8 or 16; 0: as the picture, or 8 where the format holds no more
    bool transparency = true; ///< keep alpha where the format can; else put on white
    bool srgb = false;        ///< convert the colours to sRGB; else the profile of the picture is written
    Privacy privacy = Privacy::Everything;
};

/// A set and what the file of its picture said. All members of it are values that can be copied to other threads.
struct ExportSource {
    FillRequest request{};
    CompletionSet set{};
    FileMetadata metadata{};
};

/// Every function writes one file through AtomicFile: it appears whole or not at all. Each throws Error{Output} naming
/// it, or Error{Input} where the format cannot hold the picture.

/// One completion. Known pixels are those of the picture in PNG, TIFF, lossless WebP and OpenRaster, unless depth,
/// transparency or colours are changed.
void export_completion(const std::filesystem::path&, const ExportSource&, std::size_t index,
                       const ExportOptions&);

/// The picture, its completions cut to the hole, and the hole, as layers; only the picture and `shown` are visible.
void export_layers(const std::filesystem::path&, const ExportSource&, const std::vector<std::size_t>& indices,
                   std::size_t shown, const ExportOptions&);

/// The surroundings of the hole and these completions of it side by side, 8-bit sRGB.
void export_sheet(const std::filesystem::path&, const ExportSource&, const std::vector<std::size_t>& indices,
                  const ExportOptions&);

} // namespace lacuna
