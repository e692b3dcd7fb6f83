// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>

#include "engine/core/error.h"
#include "engine/export/picture_writers.h"

// libjpeg reports errors by longjmp: functions that call setjmp keep only plain data between it and the return.
namespace lacuna {

namespace {

constexpr std::size_t largest_marker = 65533;

struct Writer {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    std::jmp_buf jump{};
    char message[JMSG_LENGTH_MAX] = "";
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    ~Writer()
    {
        jpeg_destroy_compress(&jpeg);
        std::free(bytes);
    }
};

struct Marker {
    int code = 0;
    std::vector<std::uint8_t> bytes{};
};

void on_error(j_common_ptr info)
{
    auto* writer = static_cast<Writer*>(info->client_data);
    info->err->format_message(info, writer->message);
    std::longjmp(writer->jump, 1);
}

std::vector<std::uint8_t> joined(const char* head, std::size_t length, std::span<const std::uint8_t> rest)
{
    std::vector<std::uint8_t> bytes(head, head + length);
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

/// EXIF and XMP in one marker each, the profile in as many as it needs.
std::vector<Marker> markers_of(const Attachments& beside)
{
    std::vector<Marker> markers;
    if (const auto exif = exif_block(beside.exif); !exif.empty())
        markers.push_back({JPEG_APP0 + 1, joined("Exif\0\0", 6, exif)});
    const char space[] = "http://ns.adobe.com/xap/1.0/"; // with its end
    if (!beside.xmp.empty())
        markers.push_back({JPEG_APP0 + 1, joined(space, sizeof space,
                                                 {reinterpret_cast<const std::uint8_t*>(beside.xmp.data()),
                                                  beside.xmp.size()})});
    constexpr std::size_t head = 14, most = largest_marker - head;
    const std::size_t parts = (beside.profile.size() + most - 1) / most;
    for (std::size_t i = 0; i < parts; ++i) {
        std::vector<std::uint8_t> bytes = joined("ICC_PROFILE\0", 12, {});
        bytes.push_back(static_cast<std::uint8_t>(i + 1));
        bytes.push_back(static_cast<std::uint8_t>(parts));
        const std::size_t end = std::min(beside.profile.size(), (i + 1) * most);
        bytes.insert(bytes.end(), beside.profile.begin() + std::ptrdiff_t(i * most),
                     beside.profile.begin() + std::ptrdiff_t(end));
        markers.push_back({JPEG_APP0 + 2, std::move(bytes)});
    }
    return markers;
}

bool write(Writer& writer, const Picture& picture, int quality, const std::vector<Marker>& markers)
{
    writer.jpeg.err = jpeg_std_error(&writer.errors);
    writer.errors.error_exit = on_error;
    writer.jpeg.client_data = &writer;
    if (setjmp(writer.jump))
        return false;
    jpeg_create_compress(&writer.jpeg);
    jpeg_mem_dest(&writer.jpeg, &writer.bytes, &writer.size);
    writer.jpeg.image_width = static_cast<JDIMENSION>(picture.width);
    writer.jpeg.image_height = static_cast<JDIMENSION>(picture.height);
    writer.jpeg.input_components = picture.channels;
    writer.jpeg.in_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&writer.jpeg);
    jpeg_set_quality(&writer.jpeg, quality, TRUE);
    writer.jpeg.optimize_coding = TRUE;
    for (int c = 0; c < writer.jpeg.num_components; ++c)
        writer.jpeg.comp_info[c].h_samp_factor = writer.jpeg.comp_info[c].v_samp_factor = 1;
    jpeg_start_compress(&writer.jpeg, TRUE);
    for (const Marker& marker : markers)
        jpeg_write_marker(&writer.jpeg, marker.code, marker.bytes.data(),
                          static_cast<unsigned int>(marker.bytes.size()));
    while (writer.jpeg.next_scanline < writer.jpeg.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(picture.row(int(writer.jpeg.next_scanline)));
        jpeg_write_scanlines(&writer.jpeg, &row, 1);
    }
    jpeg_finish_compress(&writer.jpeg);
    return true;
}

} // namespace

std::vector<std::uint8_t> encode_jpeg(const Picture& picture, int quality, const Attachments& beside)
{
    check((picture.channels == 1 || picture.channels == 3) && picture.bits == 8,
          "a JPEG picture is grey or RGB of 8 bits");
    check(quality >= 1 && quality <= 100, "the quality is 1..100");
    const std::vector<Marker> markers = markers_of(beside);
    for (const Marker& marker : markers)
        if (marker.bytes.size() > largest_marker)
            throw Error(ErrorKind::Input, "The JPEG file",
                        "cannot hold more than 64 kB of what the camera wrote",
                        "Export without metadata, or as PNG");
    Writer writer;
    if (!write(writer, picture, quality, markers))
        throw Error(ErrorKind::Internal, "JPEG", writer.message, "Please report it");
    return {writer.bytes, writer.bytes + writer.size};
}

} // namespace lacuna
