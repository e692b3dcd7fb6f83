// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <lcms2.h>
#include <tiffio.h>
#include <webp/decode.h>
#include <webp/mux.h>

#include "engine/export/export.h"
#include "tests/core/picture_makers.h"

/// Profiles, camera data and sets for the tests of exported files, and readers other than our own.
namespace lacuna::test {

namespace fs = std::filesystem;

/// A profile with this gamma, of RGB or grey.
inline File made_profile(double gamma, bool grey)
{
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    cmsToneCurve* three[3] = {curve, curve, curve};
    const cmsCIExyY daylight{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsHPROFILE profile =
        grey ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : cmsCreateRGBProfile(&daylight, &primaries, three);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    File bytes(size);
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return bytes;
}

/// A big-endian EXIF block: orientation, artist, a thumbnail, an exposure time, a serial number and a place.
inline File made_exif(int orientation)
{
    File block;
    const auto put = [&block](std::uint32_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            block.push_back(static_cast<std::uint8_t>(value >> shift));
    };
    const auto entry = [&put](std::uint32_t tag, std::uint32_t type, std::uint32_t count,
                              std::uint32_t value) {
        put(tag, 2), put(type, 2), put(count, 4), put(value, 4);
    };
    const auto text = [&block](const char* value) {
        block.insert(block.end(), value, value + std::strlen(value) + 1);
    };
    text("MM"), put(42, 1), put(8, 4);
    put(5, 2); // at 8: the first directory, 5 entries, ends at 74
    entry(0x010F, 2, 8, 200);
    entry(0x0112, 3, 1, std::uint32_t(orientation) << 16);
    entry(0x013B, 2, 9, 208);
    entry(0x8769, 4, 1, 80);
    entry(0x8825, 4, 1, 130);
    put(74, 4); // the thumbnail's directory, which says nothing
    put(0, 6);
    put(3, 2); // at 80: the camera, 3 entries, ends at 122
    entry(0x829A, 5, 1, 217);
    entry(0xA002, 4, 1, 9999);
    entry(0xA431, 2, 10, 225);
    put(0, 4), put(0, 8);
    put(1, 2); // at 130: the place
    entry(0x001D, 2, 11, 235);
    put(0, 4);
    block.resize(200);
    text("Pinhole");
    text("Jane Doe");
    put(1, 4), put(125, 4);
    text("SERIAL-42");
    text("2026:11:22");
    return block;
}

inline const ExifEntry* find(const std::vector<ExifEntry>& entries, int tag)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [tag](const ExifEntry& one) { return one.tag == tag; });
    return found == entries.end() ? nullptr : &*found;
}

inline File png_with(const Picture& picture, const File& profile, const File& exif)
{
    File png = encode_png(picture);
    add_to_png(png, profile, exif);
    return png;
}

/// What libtiff makes of a file: pixels in our form, profile, exposure time.
struct ReadTiff {
    Picture picture{};
    File profile{};
    float exposure = 0;
    int orientation = 0;
};

inline ReadTiff read_tiff(const fs::path& path)
{
    ReadTiff read;
    TIFF* tiff = TIFFOpen(path.c_str(), "r");
    if (!tiff)
        return read;
    std::uint32_t width = 0, height = 0, count = 0;
    std::uint16_t channels = 0, bits = 0, orientation = 0;
    void* profile = nullptr;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width), TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels), TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    read.orientation = orientation;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &count, &profile))
        read.profile.assign(static_cast<std::uint8_t*>(profile), static_cast<std::uint8_t*>(profile) + count);
    read.picture = make_picture(int(width), int(height), channels, bits, [&](std::uint8_t* to) {
        for (std::uint32_t y = 0; y < height; ++y)
            TIFFReadScanline(tiff, to + TIFFScanlineSize(tiff) * tmsize_t(y), y, 0);
    });
    toff_t camera = 0;
    if (TIFFGetField(tiff, TIFFTAG_EXIFIFD, &camera) && TIFFReadEXIFDirectory(tiff, camera))
        TIFFGetField(tiff, EXIFTAG_EXPOSURETIME, &read.exposure);
    TIFFClose(tiff);
    return read;
}

inline Picture read_webp(const File& file, int channels)
{
    int width = 0, height = 0;
    std::uint8_t* pixels = channels == 4 ? WebPDecodeRGBA(file.data(), file.size(), &width, &height)
                                         : WebPDecodeRGB(file.data(), file.size(), &width, &height);
    const Picture picture = make_picture(width, height, channels, 8, [&](std::uint8_t* to) {
        std::copy_n(pixels, std::size_t(width) * height * channels, to);
    });
    WebPFree(pixels);
    return picture;
}

inline File webp_chunk(const File& file, const char* name)
{
    const WebPData whole{file.data(), file.size()};
    WebPMux* mux = WebPMuxCreate(&whole, 0);
    WebPData chunk{};
    File bytes;
    if (WebPMuxGetChunk(mux, name, &chunk) == WEBP_MUX_OK)
        bytes.assign(chunk.bytes, chunk.bytes + chunk.size);
    WebPMuxDelete(mux);
    return bytes;
}

/// The picture and a set of two that fills a square of it.
inline ExportSource source_of(const Picture& picture, const FileMetadata& metadata = {})
{
    ExportSource source{.metadata = metadata};
    source.request.picture = picture;
    source.request.mask = square_mask(picture.width, picture.height, 3, 2, 5);
    source.set.recipe.seed = 4182;
    source.set.recipe.model = "/home/jane/models/faces.safetensors";
    source.set.recipe.picture_sha256 = std::string(64, 'a');
    source.set.recipe.mask_sha256 = std::string(64, 'b');
    for (int i = 0; i < 2; ++i) {
        Completion one{.member = i};
        one.patches.push_back({2, 1, ramps(8, 7 + i, picture.channels, picture.bits)});
        source.set.completions.push_back(std::move(one));
    }
    return source;
}

inline Picture filled(const ExportSource& source, std::size_t index)
{
    return composite(source.request.picture, source.request.mask, source.set.completions[index]);
}

inline bool holds(const File& file, const std::string& text)
{
    return std::search(file.begin(), file.end(), text.begin(), text.end()) != file.end();
}

/// Rows of data: every number of channels in both depths.
inline void every_form()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const int channels : {1, 2, 3, 4})
        for (const int bits : {8, 16})
            QTest::addRow("%d channels of %d bits", channels, bits) << channels << bits;
}

} // namespace lacuna::test
