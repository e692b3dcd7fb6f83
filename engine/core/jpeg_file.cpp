// SPDX-License-Identifier: GPL-3.0-or-later
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include "engine/core/error.h"
#include "engine/core/picture_codecs.h"

// libjpeg reports errors by longjmp: functions that call setjmp keep only plain data between it and the return.
namespace lacuna {

namespace {

constexpr int most_scans = 100;

struct Reader {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    char message[JMSG_LENGTH_MAX] = "";
    bool too_many_scans = false;

    ~Reader() { jpeg_destroy_decompress(&jpeg); }
};

Reader& reader_of(j_common_ptr info)
{
    return *static_cast<Reader*>(info->client_data);
}

void on_error(j_common_ptr info)
{
    Reader& reader = reader_of(info);
    info->err->format_message(info, reader.message);
    std::longjmp(reader.jump, 1);
}

/// A warning means damaged data: the first one is kept and judged at the end.
void on_message(j_common_ptr info, int level)
{
    if (level < 0 && info->err->num_warnings++ == 0)
        info->err->format_message(info, reader_of(info).message);
}

void on_progress(j_common_ptr info)
{
    Reader& reader = reader_of(info);
    if (reader.jpeg.input_scan_number > most_scans) {
        reader.too_many_scans = true;
        std::longjmp(reader.jump, 1);
    }
}

bool read_header(Reader& reader, Bytes file)
{
    reader.jpeg.err = jpeg_std_error(&reader.errors);
    reader.errors.error_exit = on_error;
    reader.errors.emit_message = on_message;
    reader.jpeg.client_data = &reader;
    if (setjmp(reader.jump))
        return false;
    jpeg_create_decompress(&reader.jpeg);
    reader.progress.progress_monitor = on_progress;
    reader.jpeg.progress = &reader.progress;
    jpeg_mem_src(&reader.jpeg, file.data(), file.size());
    jpeg_save_markers(&reader.jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&reader.jpeg, TRUE);
    return true;
}

bool begin(Reader& reader)
{
    if (setjmp(reader.jump))
        return false;
    const auto space = reader.jpeg.jpeg_color_space;
    reader.jpeg.out_color_space = space == JCS_GRAYSCALE                   ? JCS_GRAYSCALE
                                  : space == JCS_CMYK || space == JCS_YCCK ? JCS_CMYK
                                                                           : JCS_RGB;
    jpeg_start_decompress(&reader.jpeg);
    return true;
}

bool read_rows(Reader& reader, std::uint8_t* out, std::size_t row_bytes)
{
    if (setjmp(reader.jump))
        return false;
    while (reader.jpeg.output_scanline < reader.jpeg.output_height) {
        JSAMPROW row = out + row_bytes * reader.jpeg.output_scanline;
        jpeg_read_scanlines(&reader.jpeg, &row, 1);
    }
    jpeg_finish_decompress(&reader.jpeg);
    return true;
}

[[noreturn]] void refuse(const Reader& reader, const std::string& name)
{
    if (reader.too_many_scans)
        refuse_picture(name, "has more than 100 scans, which no camera or editor writes");
    const std::string message = reader.message;
    const bool cut = message.find("Premature end") != std::string::npos;
    refuse_picture(name, cut ? "is cut off" : "is damaged (" + message + ")");
}

/// The orientation entry (tag 0x0112) of the first EXIF block, 1 where there is none or it makes no sense.
int exif_orientation(const jpeg_decompress_struct& jpeg)
{
    for (auto* marker = jpeg.marker_list; marker; marker = marker->next) {
        const Bytes block(marker->data, marker->data_length);
        if (block.size() < 14 || std::memcmp(block.data(), "Exif\0\0", 6) != 0)
            continue;
        const Bytes tiff = block.subspan(6);
        const bool little = tiff[0] == 'I';
        const auto read = [&](std::size_t at, int count) -> std::uint32_t {
            std::uint32_t value = 0;
            for (int i = 0; i < count; ++i)
                value |= std::uint32_t(tiff[at + i]) << 8 * (little ? i : count - 1 - i);
            return value;
        };
        const std::size_t table = read(4, 4);
        if (table > tiff.size() || tiff.size() - table < 2)
            continue;
        const std::size_t entries = read(table, 2);
        for (std::size_t i = 0; i < entries && table + 2 + 12 * (i + 1) <= tiff.size(); ++i) {
            const std::size_t entry = table + 2 + 12 * i;
            const bool one_short = read(entry + 2, 2) == 3 && read(entry + 4, 4) == 1;
            if (read(entry, 2) == 0x0112)
                return one_short ? static_cast<int>(read(entry + 8, 2)) : 1;
        }
    }
    return 1;
}

Picture rgb_from_cmyk(const Picture& cmyk, bool inverted)
{
    return make_picture(cmyk.width, cmyk.height, 3, 8, [&](std::uint8_t* out) {
        const std::uint8_t* p = cmyk.bytes->data();
        const std::size_t pixels = std::size_t(cmyk.width) * cmyk.height;
        for (std::size_t i = 0; i < pixels; ++i, p += 4)
            for (int c = 0; c < 3; ++c) {
                const int paper = inverted ? p[c] : 255 - p[c], light = inverted ? p[3] : 255 - p[3];
                *out++ = static_cast<std::uint8_t>((paper * light + 127) / 255);
            }
    });
}

} // namespace

Picture decode_jpeg(Bytes file, const std::string& name)
{
    Reader reader;
    if (!read_header(reader, file))
        refuse(reader, name);
    check_size(reader.jpeg.image_width, reader.jpeg.image_height, name);
    if (!begin(reader))
        refuse(reader, name);
    const int orientation = exif_orientation(reader.jpeg); // libjpeg drops its markers after the last row
    const int channels = reader.jpeg.output_components;
    Picture picture =
        make_picture(static_cast<int>(reader.jpeg.output_width), static_cast<int>(reader.jpeg.output_height),
                     channels, 8, [&](std::uint8_t* out) {
                         if (!read_rows(reader, out, std::size_t(reader.jpeg.output_width) * channels))
                             refuse(reader, name);
                     });
    if (reader.errors.num_warnings > 0)
        refuse(reader, name);
    if (reader.jpeg.out_color_space == JCS_CMYK)
        picture = rgb_from_cmyk(picture, reader.jpeg.saw_Adobe_marker);
    return oriented(picture, orientation);
}

} // namespace lacuna
