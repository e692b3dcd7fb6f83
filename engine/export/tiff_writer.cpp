// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <memory>
#include <utility>

#include <tiffio.h>

#include "engine/core/error.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

namespace {

using Buffer = std::vector<std::uint8_t>;

enum Tag : std::uint16_t { software = 305, xmp = 700, icc_profile = 34675 };
enum Type : std::uint16_t { type_byte = 1, type_text = 2, type_undefined = 7 };

constexpr std::uint64_t largest_file = std::uint64_t(4) << 30; ///< offsets have 32 bits

/// The file that libtiff writes to and reads from.
struct Memory {
    Buffer bytes{};
    std::size_t at = 0;
};

Memory& memory(thandle_t handle)
{
    return *static_cast<Memory*>(handle);
}

tmsize_t read_bytes(thandle_t handle, void* out, tmsize_t count)
{
    Memory& file = memory(handle);
    const std::size_t there =
        std::min(std::size_t(count), file.bytes.size() - std::min(file.at, file.bytes.size()));
    std::memcpy(out, file.bytes.data() + file.at, there);
    file.at += there;
    return tmsize_t(there);
}

tmsize_t write_bytes(thandle_t handle, void* in, tmsize_t count)
{
    Memory& file = memory(handle);
    if (file.at + std::size_t(count) > file.bytes.size())
        file.bytes.resize(file.at + std::size_t(count));
    std::memcpy(file.bytes.data() + file.at, in, std::size_t(count));
    file.at += std::size_t(count);
    return count;
}

toff_t seek(thandle_t handle, toff_t to, int from)
{
    Memory& file = memory(handle);
    file.at = std::size_t(to) + (from == SEEK_CUR ? file.at : from == SEEK_END ? file.bytes.size() : 0);
    return file.at;
}

toff_t size(thandle_t handle)
{
    return memory(handle).bytes.size();
}

int close(thandle_t)
{
    return 0;
}

struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

bool write_pixels(TIFF* tiff, const Picture& picture)
{
    bool good = true;
    const auto set = [&](std::uint32_t tag, auto value) { good = good && TIFFSetField(tiff, tag, value); };
    set(TIFFTAG_IMAGEWIDTH, picture.width);
    set(TIFFTAG_IMAGELENGTH, picture.height);
    set(TIFFTAG_BITSPERSAMPLE, picture.bits);
    set(TIFFTAG_SAMPLESPERPIXEL, picture.channels);
    set(TIFFTAG_PHOTOMETRIC, picture.channels < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    set(TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    std::uint16_t straight = EXTRASAMPLE_UNASSALPHA;
    if (picture.has_alpha())
        good = good && TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &straight);
    set(TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff, 0));
    Buffer row(picture.row_bytes()); // the encoder works in place
    for (int y = 0; good && y < picture.height; ++y) {
        std::memcpy(row.data(), picture.row(y), row.size());
        good = TIFFWriteScanline(tiff, row.data(), std::uint32_t(y), 0) == 1;
    }
    return good && TIFFWriteDirectory(tiff) == 1;
}

} // namespace

std::vector<std::uint8_t> encode_tiff(const Picture& picture, const Attachments& beside)
{
    if (std::uint64_t(picture.row_bytes()) * std::uint64_t(picture.height) > largest_file / 2)
        throw Error(ErrorKind::Input, "The TIFF file", "would have more than 2 GB", "Export as PNG");
    Memory file;
    bool good = false;
    {
        const std::unique_ptr<TIFF, Close> tiff(TIFFClientOpen(
            "picture", "wl", &file, read_bytes, write_bytes, seek, close, size, nullptr, nullptr));
        good = tiff && write_pixels(tiff.get(), picture);
    }
    if (!good)
        throw Error(ErrorKind::Internal, "TIFF", "could not be encoded", "Please report it");
    std::vector<ExifEntry> others;
    const auto other = [&others](std::uint16_t tag, std::uint16_t type, Buffer value) {
        if (!value.empty())
            others.push_back({tag, type, static_cast<std::uint32_t>(value.size()), std::move(value)});
    };
    other(icc_profile, type_undefined, beside.profile);
    other(xmp, type_byte, {beside.xmp.begin(), beside.xmp.end()});
    if (!beside.maker.empty())
        other(software, type_text, {beside.maker.c_str(), beside.maker.c_str() + beside.maker.size() + 1});
    add_to_tiff(file.bytes, beside.exif, std::move(others));
    return std::move(file.bytes);
}

} // namespace lacuna
