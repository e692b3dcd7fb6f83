// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <csetjmp>
#include <cstdio>
#include <functional>
#include <optional>
#include <random>

#include <jpeglib.h>
#include <png.h>
#include <sys/resource.h>
#include <zlib.h>

#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "tests/support/test_pictures.h"

/// Picture files that the tests make for themselves, whole and damaged, and what reading them must cost.
namespace lacuna::test {

using File = std::vector<std::uint8_t>;

// ---- files made for the tests -------------------------------------------------------------------------------

inline void append_u32(File& file, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        file.push_back(static_cast<std::uint8_t>(value >> shift));
}

inline void append_chunk(File& file, const std::string& type, const File& data)
{
    append_u32(file, static_cast<std::uint32_t>(data.size()));
    const std::size_t at = file.size();
    file.insert(file.end(), type.begin(), type.end());
    file.insert(file.end(), data.begin(), data.end());
    append_u32(file,
               static_cast<std::uint32_t>(crc32(0, file.data() + at, static_cast<uInt>(file.size() - at))));
}

inline const File png_signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

/// A PNG put together by hand: header, the chunks given, packed rows (each with its filter byte), end.
struct RawPng {
    std::uint32_t width = 1, height = 1;
    std::uint8_t depth = 8, colour = 0;
    std::vector<std::pair<std::string, File>> before_header{}, before_data{};
    File rows{};

    File header() const
    {
        File ihdr;
        append_u32(ihdr, width);
        append_u32(ihdr, height);
        ihdr.insert(ihdr.end(), {depth, colour, 0, 0, 0});
        return ihdr;
    }
    File bytes() const
    {
        File file = png_signature;
        for (const auto& [type, data] : before_header)
            append_chunk(file, type, data);
        append_chunk(file, "IHDR", header());
        for (const auto& [type, data] : before_data)
            append_chunk(file, type, data);
        File packed(compressBound(rows.size()));
        uLongf size = packed.size();
        compress(packed.data(), &size, rows.data(), rows.size());
        packed.resize(size);
        append_chunk(file, "IDAT", packed);
        append_chunk(file, "IEND", {});
        return file;
    }
};

/// 4 x 2 pixels of 2 bits in a palette of four colours; `alphas` is the tRNS chunk.
inline RawPng palette_png(const File& alphas = {})
{
    RawPng png{.width = 4, .height = 2, .depth = 2, .colour = 3, .rows = {0, 0b00011011, 0, 0b11100100}};
    png.before_data.push_back({"PLTE", {255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30}});
    if (!alphas.empty())
        png.before_data.push_back({"tRNS", alphas});
    return png;
}

/// An interlaced (Adam7) PNG of the picture, which encode_png never writes.
inline File interlaced_png(const Picture& picture)
{
    File file;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png, &file,
        [](png_structp p, png_bytep data, std::size_t count) {
            auto& out = *static_cast<File*>(png_get_io_ptr(p));
            out.insert(out.end(), data, data + count);
        },
        nullptr);
    constexpr int colours[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA};
    png_set_IHDR(png, info, static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height),
                 picture.bits, colours[picture.channels - 1], PNG_INTERLACE_ADAM7,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    if (picture.bits == 16 && std::endian::native == std::endian::little)
        png_set_swap(png);
    std::vector<png_bytep> rows;
    for (int y = 0; y < picture.height; ++y)
        rows.push_back(const_cast<png_bytep>(picture.row(y)));
    png_write_image(png, rows.data());
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return file;
}

struct JpegForm {
    int components = 3;
    J_COLOR_SPACE in = JCS_RGB, stored = JCS_YCbCr;
    bool adobe = false, progressive = false;
    File app1{}; ///< an APP1 block, EXIF for example
};

/// `pixels` is as libjpeg wants it (for CMYK the values that are to stand in the file). No chroma subsampling.
inline File make_jpeg(int width, int height, const JpegForm& form, const std::vector<std::uint8_t>& pixels)
{
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = form.components;
    jpeg.in_color_space = form.in;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, form.stored);
    jpeg.write_Adobe_marker = form.adobe;
    for (int c = 0; c < form.components; ++c)
        jpeg.comp_info[c].h_samp_factor = jpeg.comp_info[c].v_samp_factor = 1;
    jpeg_set_quality(&jpeg, 100, TRUE);
    if (form.progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (!form.app1.empty())
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, form.app1.data(), static_cast<unsigned>(form.app1.size()));
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row =
            const_cast<JSAMPROW>(pixels.data() + std::size_t(jpeg.next_scanline) * width * form.components);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    File file(out, out + size);
    jpeg_destroy_compress(&jpeg);
    std::free(out);
    return file;
}

inline File jpeg_of(const Picture& rgb, bool progressive = false, const File& app1 = {})
{
    return make_jpeg(rgb.width, rgb.height, {.progressive = progressive, .app1 = app1}, *rgb.bytes);
}

/// One TIFF directory with one entry of tag 0x0112.
inline File exif(bool little, int value, int type = 3, std::uint32_t count = 1, std::uint32_t offset = 8)
{
    File block{'E', 'x', 'i', 'f', 0, 0};
    const auto put = [&](std::uint32_t number, int bytes) {
        for (int i = 0; i < bytes; ++i)
            block.push_back(static_cast<std::uint8_t>(number >> 8 * (little ? i : bytes - 1 - i)));
    };
    block.insert(block.end(), 2, little ? 'I' : 'M');
    put(42, 2);
    put(offset, 4);
    put(1, 2);
    put(0x0112, 2);
    put(static_cast<std::uint32_t>(type), 2);
    put(count, 4);
    put(static_cast<std::uint32_t>(value), 2);
    put(0, 2);
    put(0, 4);
    return block;
}

using Colour = std::array<int, 3>;
inline constexpr Colour red{255, 0, 0}, green{0, 255, 0}, blue{0, 0, 255}, white{255, 255, 255};

/// Four quadrants: red, green over blue, white.
inline Picture quadrants(int width, int height)
{
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const Colour& colour = y < height / 2  ? x < width / 2 ? red : green
                                       : x < width / 2 ? blue
                                                       : white;
                for (const int v : colour)
                    *out++ = static_cast<std::uint8_t>(v);
            }
    });
}

inline File pnm(const std::string& header, std::size_t data_bytes, std::uint8_t first = 1)
{
    File file(header.begin(), header.end());
    for (std::size_t i = 0; i < data_bytes; ++i)
        file.push_back(static_cast<std::uint8_t>(first + i));
    return file;
}

inline File text(const std::string& content)
{
    return {content.begin(), content.end()};
}

// ---- what decoding came to ----------------------------------------------------------------------------------

/// Either a picture or a refusal that keeps the contract of errors; anything else goes up as an exception.
struct Decoded {
    std::optional<Picture> picture{};
    std::string refusal{};
    QString broken_contract{};
};

inline QString contract_broken_by(const Error& error, const std::string& name)
{
    const std::string what = error.what();
    if (error.kind() != ErrorKind::Input)
        return QString("kind %1: %2").arg(error.exit_code()).arg(QString::fromStdString(what));
    if (error.subject() != printable(name))
        return "does not name the file: " + QString::fromStdString(what);
    if (error.cause().empty() || error.action().empty() || error.kept().empty())
        return "has an empty part: " + QString::fromStdString(what);
    if (what.find("exception") != std::string::npos)
        return "is not for people: " + QString::fromStdString(what);
    if (std::any_of(what.begin(), what.end(), [](unsigned char c) { return c < 32; }))
        return "has control characters: " + QString::fromStdString(what);
    return {};
}

template <typename Call> Decoded attempt(Call&& call, const std::string& name)
{
    Decoded decoded;
    try {
        decoded.picture = call();
    } catch (const Error& error) {
        decoded.refusal = error.what();
        decoded.broken_contract = contract_broken_by(error, name);
    }
    return decoded;
}

inline Decoded decode(const File& file)
{
    return attempt([&] { return decode_picture(file, "some file"); }, "some file");
}

/// Time and additional peak memory of a call.
struct Cost {
    double seconds = 0;
    long megabytes = 0;
};

inline long peak_kilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

template <typename Call> Cost cost_of(Call&& call)
{
    const long before = peak_kilobytes();
    const auto start = std::chrono::steady_clock::now();
    call();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return {took.count(), (peak_kilobytes() - before) / 1024};
}

/// Fails unless the file is refused, cheaply, with the words in the message.
inline QString refused_cheaply(const File& file, const QString& words)
{
    Decoded decoded;
    const Cost cost = cost_of([&] { decoded = decode(file); });
    if (decoded.picture)
        return QString("accepted as %1 x %2").arg(decoded.picture->width).arg(decoded.picture->height);
    if (!decoded.broken_contract.isEmpty())
        return decoded.broken_contract;
    if (!QString::fromStdString(decoded.refusal).contains(words))
        return QString::fromStdString(decoded.refusal);
    if (cost.seconds > 2 || cost.megabytes > 64)
        return QString("%1 s, %2 MB").arg(cost.seconds).arg(cost.megabytes);
    return {};
}

/// Every file of `broken` gives the picture `whole` or a proper refusal. Returns how many were accepted, -1 if
/// anything else happened (then it stands in `why`).
inline int same_or_refused(const std::vector<File>& broken, const Picture& whole, QString& why)
{
    int accepted = 0;
    for (std::size_t i = 0; i < broken.size(); ++i) {
        const Decoded decoded = decode(broken[i]);
        if (!decoded.broken_contract.isEmpty()) {
            why = QString("%1: %2").arg(i).arg(decoded.broken_contract);
            return -1;
        }
        if (!decoded.picture)
            continue;
        if (*decoded.picture != whole) {
            why = QString("%1: another picture came out, %2 x %3, %4 channels")
                      .arg(i)
                      .arg(decoded.picture->width)
                      .arg(decoded.picture->height)
                      .arg(decoded.picture->channels);
            return -1;
        }
        ++accepted;
    }
    return accepted;
}

inline std::vector<File> cuts_of(const File& file)
{
    std::vector<File> cuts;
    for (std::size_t size = 0; size < file.size(); ++size)
        cuts.emplace_back(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    return cuts;
}

inline std::vector<File> bit_flips_of(const File& file)
{
    std::vector<File> flips;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        flips.push_back(file);
        flips.back()[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    }
    return flips;
}

inline Colour colour_at(const Picture& rgb, int x, int y)
{
    const std::uint8_t* p = rgb.row(y) + 3 * x;
    return {p[0], p[1], p[2]};
}

inline bool near(const Colour& a, const Colour& b, int tolerance)
{
    return std::abs(a[0] - b[0]) <= tolerance && std::abs(a[1] - b[1]) <= tolerance
           && std::abs(a[2] - b[2]) <= tolerance;
}

} // namespace lacuna::test
