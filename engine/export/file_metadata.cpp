// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/file_metadata.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include <zlib.h>

#include "engine/checkpoint/crc32.h"
#include "engine/core/error.h"

namespace lacuna {

namespace {

using Bytes = std::span<const std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

constexpr std::size_t largest_chunk = 1 << 20; ///< that is looked at, but for the profile

std::uint32_t big_endian(Bytes bytes, std::size_t at)
{
    return std::uint32_t(bytes[at]) << 24 | std::uint32_t(bytes[at + 1]) << 16
           | std::uint32_t(bytes[at + 2]) << 8 | bytes[at + 3];
}

bool begins_with(Bytes bytes, const char* text, std::size_t length)
{
    return bytes.size() >= length && std::memcmp(bytes.data(), text, length) == 0;
}

/// At most `largest_profile` bytes; none where the stream is damaged or longer.
std::optional<Buffer> inflated(Bytes packed)
{
    Buffer out(largest_profile + 1);
    uLongf size = out.size();
    if (::uncompress(out.data(), &size, packed.data(), packed.size()) != Z_OK || size > largest_profile)
        return {};
    out.resize(size);
    return out;
}

/// Keeps a profile that says it is one, for this kind of picture.
void take_profile(FileMetadata& found, std::optional<Buffer> profile, const Picture& picture)
{
    constexpr std::size_t header = 128;
    if (!profile || profile->size() < header || big_endian(*profile, 0) > profile->size()
        || !begins_with(Bytes(*profile).subspan(36), "acsp", 4)) {
        found.note = "Its colour profile is damaged or too large and was left out.";
        return;
    }
    const char* wanted = picture.channels < 3 ? "GRAY" : "RGB ";
    if (!begins_with(Bytes(*profile).subspan(16), wanted, 4)) {
        found.note = "Its colour profile is not for this kind of picture and was left out.";
        return;
    }
    found.profile = std::move(*profile);
}

void read_png(FileMetadata& found, Bytes file, const Picture& picture)
{
    for (std::size_t at = 8; file.size() - at >= 12;) {
        const std::size_t length = big_endian(file, at);
        if (length > file.size() - at - 12)
            return;
        const Bytes type = file.subspan(at + 4, 4), data = file.subspan(at + 8, length);
        if (begins_with(type, "iCCP", 4) && length <= largest_profile) {
            const auto name_end = std::find(data.begin(), data.end(), 0);
            if (data.end() - name_end > 2) // the end of the name, then the method, which is always 0
                take_profile(found, inflated(data.subspan(std::size_t(name_end - data.begin()) + 2)),
                             picture);
        } else if (begins_with(type, "eXIf", 4) && length <= largest_chunk) {
            found.exif = read_exif(data);
        }
        at += 12 + length;
    }
}

void read_jpeg(FileMetadata& found, Bytes file, const Picture& picture)
{
    std::map<int, Bytes> parts; // of the profile, by number
    std::size_t total = 0;
    int wanted = 0;
    for (std::size_t at = 2; file.size() - at >= 4 && file[at] == 0xFF;) {
        const int marker = file[at + 1];
        const std::size_t length = std::size_t(file[at + 2]) << 8 | file[at + 3];
        if (marker == 0xDA || length < 2 || length > file.size() - at - 2)
            break;
        const Bytes data = file.subspan(at + 4, length - 2);
        if (marker == 0xE1 && begins_with(data, "Exif\0\0", 6) && found.exif.empty()) {
            found.exif = read_exif(data.subspan(6));
        } else if (marker == 0xE2 && begins_with(data, "ICC_PROFILE\0", 12) && data.size() > 14) {
            if (parts.emplace(data[12], data.subspan(14)).second)
                total += data.size() - 14;
            wanted = data[13];
        }
        at += 2 + length;
    }
    if (parts.empty())
        return;
    std::optional<Buffer> profile;
    if (int(parts.size()) == wanted && parts.begin()->first == 1 && total <= largest_profile) {
        profile.emplace();
        for (const auto& [number, part] : parts)
            profile->insert(profile->end(), part.begin(), part.end());
    }
    take_profile(found, std::move(profile), picture);
}

void read_tiff(FileMetadata& found, Bytes file, const Picture& picture)
{
    constexpr std::uint16_t icc_profile = 34675;
    found.exif = read_exif(file);
    if (Buffer profile = tiff_entry(file, icc_profile); !profile.empty())
        take_profile(found,
                     profile.size() > largest_profile ? std::nullopt : std::optional(std::move(profile)),
                     picture);
}

void read_webp(FileMetadata& found, Bytes file, const Picture& picture)
{
    for (std::size_t at = 12; file.size() - at >= 8;) {
        const std::size_t length = file[at + 4] | std::size_t(file[at + 5]) << 8
                                   | std::size_t(file[at + 6]) << 16 | std::size_t(file[at + 7]) << 24;
        if (length > file.size() - at - 8)
            return;
        const Bytes type = file.subspan(at, 4), data = file.subspan(at + 8, length);
        if (begins_with(type, "ICCP", 4) && length <= largest_profile)
            take_profile(found, Buffer(data.begin(), data.end()), picture);
        else if (begins_with(type, "EXIF", 4) && length <= largest_chunk)
            found.exif = read_exif(begins_with(data, "Exif\0\0", 6) ? data.subspan(6) : data);
        at += 8 + std::min(length + length % 2, file.size() - at - 8);
    }
}

void append_chunk(Buffer& out, const char* type, Bytes data)
{
    const auto number = [&out](std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            out.push_back(static_cast<std::uint8_t>(value >> shift));
    };
    number(static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = out.size();
    out.insert(out.end(), type, type + 4);
    out.insert(out.end(), data.begin(), data.end());
    number(crc32(0, Bytes(out).subspan(begin)));
}

} // namespace

FileMetadata read_metadata(Bytes file, const Picture& picture)
{
    FileMetadata found;
    if (begins_with(file, "\x89PNG\r\n\x1A\n", 8))
        read_png(found, file, picture);
    else if (begins_with(file, "\xFF\xD8\xFF", 3))
        read_jpeg(found, file, picture);
    else if (begins_with(file, "II*\0", 4) || begins_with(file, "MM\0*", 4))
        read_tiff(found, file, picture);
    else if (begins_with(file, "RIFF", 4) && file.size() >= 12)
        read_webp(found, file, picture);
    set_size(found.exif, picture.width, picture.height);
    return found;
}

void add_to_png(std::vector<std::uint8_t>& png, Bytes profile, Bytes exif)
{
    constexpr std::size_t behind_header = 33;
    Buffer chunks;
    if (profile.empty()) {
        append_chunk(chunks, "sRGB", Buffer{0}); // rendering intent: perceptual
    } else {
        Buffer packed(::compressBound(profile.size()));
        uLongf size = packed.size();
        check(::compress(packed.data(), &size, profile.data(), profile.size()) == Z_OK,
              "a profile can be compressed");
        Buffer data{'I', 'C', 'C', 0, 0};
        data.insert(data.end(), packed.begin(), packed.begin() + std::ptrdiff_t(size));
        append_chunk(chunks, "iCCP", data);
    }
    if (!exif.empty())
        append_chunk(chunks, "eXIf", exif);
    png.insert(png.begin() + behind_header, chunks.begin(), chunks.end());
}

} // namespace lacuna
