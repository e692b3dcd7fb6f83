// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <webp/encode.h>
#include <webp/mux.h>

#include "engine/core/error.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

namespace {

[[noreturn]] void fail()
{
    throw Error(ErrorKind::Internal, "WebP", "could not be encoded", "Export as PNG");
}

/// libwebp's picture and its output.
struct Encoder {
    WebPPicture picture{};
    WebPMemoryWriter writer{};

    Encoder()
    {
        WebPMemoryWriterInit(&writer);
        check(WebPPictureInit(&picture), "libwebp is the version that was compiled against");
        picture.writer = WebPMemoryWrite;
        picture.custom_ptr = &writer;
    }
    ~Encoder()
    {
        WebPPictureFree(&picture);
        WebPMemoryWriterClear(&writer);
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;
};

struct Delete {
    void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
};

WebPData data_of(const std::uint8_t* bytes, std::size_t size)
{
    return {bytes, size};
}

/// The picture in a container with everything beside it.
std::vector<std::uint8_t> wrapped(const WebPMemoryWriter& picture, const Attachments& beside)
{
    const std::unique_ptr<WebPMux, Delete> mux(WebPMuxNew());
    const WebPData bitstream = data_of(picture.mem, picture.size);
    bool good = mux && WebPMuxSetImage(mux.get(), &bitstream, 1) == WEBP_MUX_OK;
    const auto chunk = [&](const char* name, const std::uint8_t* bytes, std::size_t size) {
        const WebPData data = data_of(bytes, size);
        good = good && (size == 0 || WebPMuxSetChunk(mux.get(), name, &data, 1) == WEBP_MUX_OK);
    };
    const std::vector<std::uint8_t> exif = exif_block(beside.exif);
    chunk("ICCP", beside.profile.data(), beside.profile.size());
    chunk("EXIF", exif.data(), exif.size());
    chunk("XMP ", reinterpret_cast<const std::uint8_t*>(beside.xmp.data()), beside.xmp.size());
    WebPData whole{};
    good = good && WebPMuxAssemble(mux.get(), &whole) == WEBP_MUX_OK;
    std::vector<std::uint8_t> bytes(whole.bytes, whole.bytes + whole.size);
    WebPDataClear(&whole);
    if (!good)
        fail();
    return bytes;
}

} // namespace

std::vector<std::uint8_t> encode_webp(const Picture& picture, int quality, const Attachments& beside)
{
    check(picture.channels >= 3 && picture.bits == 8, "a WebP picture is RGB or RGBA of 8 bits");
    check(quality >= 1 && quality <= 100, "the quality is 1..100");
    if (picture.width > WEBP_MAX_DIMENSION || picture.height > WEBP_MAX_DIMENSION)
        throw Error(ErrorKind::Input, "A WebP file", "holds at most 16383 pixels a side",
                    "Export as PNG, TIFF or JPEG");
    WebPConfig config{};
    check(WebPConfigInit(&config), "libwebp is the version that was compiled against");
    config.lossless = quality == 100;
    config.exact = 1;
    config.quality = config.lossless ? 50 : float(quality); // lossless: effort
    config.thread_level = 1;
    Encoder encoder;
    encoder.picture.use_argb = config.lossless;
    encoder.picture.width = picture.width;
    encoder.picture.height = picture.height;
    const int row = static_cast<int>(picture.row_bytes());
    const auto import = picture.channels == 4 ? WebPPictureImportRGBA : WebPPictureImportRGB;
    if (!import(&encoder.picture, picture.bytes->data(), row) || !WebPEncode(&config, &encoder.picture))
        fail();
    return wrapped(encoder.writer, beside);
}

} // namespace lacuna
