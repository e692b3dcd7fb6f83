// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <memory>

#include <tiffio.h>

#include "engine/core/picture_codecs.h"

namespace lacuna {

namespace {

constexpr tmsize_t most_memory = tmsize_t(1) << 30; ///< that libtiff takes at once

/// The bytes that libtiff reads.
struct Memory {
    Bytes bytes{};
    std::uint64_t at = 0;
};

Memory& memory(thandle_t handle)
{
    return *static_cast<Memory*>(handle);
}

tmsize_t read_bytes(thandle_t handle, void* out, tmsize_t count)
{
    Memory& file = memory(handle);
    const std::uint64_t size = file.bytes.size(), at = std::min(file.at, size),
                        there = std::min(std::uint64_t(std::max<tmsize_t>(count, 0)), size - at);
    std::memcpy(out, file.bytes.data() + at, there);
    file.at = at + there;
    return tmsize_t(there);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t)
{
    return 0;
}

toff_t seek(thandle_t handle, toff_t to, int from)
{
    Memory& file = memory(handle);
    file.at = to + (from == SEEK_CUR ? file.at : from == SEEK_END ? file.bytes.size() : 0);
    return file.at;
}

int close(thandle_t)
{
    return 0;
}

toff_t size(thandle_t handle)
{
    return memory(handle).bytes.size();
}

int say_nothing(TIFF*, void*, const char*, const char*, va_list)
{
    return 1;
}

struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using File = std::unique_ptr<TIFF, Close>;

File open(Memory& file)
{
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                               TIFFOpenOptionsFree);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most_memory);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
    return File(TIFFClientOpenExt("picture", "rm", &file, read_bytes, write_nothing, seek, close, size,
                                  nullptr, nullptr, options.get()));
}

struct Form {
    std::uint32_t width = 0, height = 0;
    std::uint16_t bits = 1, samples = 1, photometric = 0, planar = 1, format = 1, orientation = 1;
    bool straight_alpha = true;
};

Form form_of(TIFF* tiff)
{
    Form form;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &form.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &form.height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &form.bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &form.samples);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &form.photometric);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &form.planar);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &form.format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &form.orientation);
    std::uint16_t extra = 0;
    std::uint16_t* kinds = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &extra, &kinds) && extra > 0)
        form.straight_alpha = extra == 1 && kinds[0] != EXTRASAMPLE_ASSOCALPHA;
    return form;
}

/// Whether the samples of the file are those of a Picture as they are.
bool is_plain(TIFF* tiff, const Form& form)
{
    const bool grey = form.photometric == PHOTOMETRIC_MINISBLACK && form.samples <= 2,
               colour = form.photometric == PHOTOMETRIC_RGB && (form.samples == 3 || form.samples == 4);
    return (grey || colour) && (form.bits == 8 || form.bits == 16) && form.planar == PLANARCONFIG_CONTIG
           && form.format == SAMPLEFORMAT_UINT && form.straight_alpha && !TIFFIsTiled(tiff);
}

Picture read_plain(TIFF* tiff, const Form& form, const std::string& name)
{
    return make_picture(int(form.width), int(form.height), form.samples, form.bits, [&](std::uint8_t* out) {
        const std::size_t row = std::size_t(form.width) * form.samples * (form.bits / 8);
        if (std::size_t(TIFFScanlineSize(tiff)) != row)
            refuse_picture(name, "is damaged");
        for (std::uint32_t y = 0; y < form.height; ++y)
            if (TIFFReadScanline(tiff, out + row * y, y, 0) != 1)
                refuse_picture(name, "is damaged or cut off");
    });
}

/// Every other kind as libtiff brings it to 8 bits: palettes, tiles, planes, YCbCr, one bit.
Picture read_converted(TIFF* tiff, const Form& form, const std::string& name)
{
    char why[1024] = "";
    if (!TIFFRGBAImageOK(tiff, why))
        refuse_picture(name, "is a kind of TIFF that cannot be read");
    std::vector<std::uint32_t> raster(std::size_t(form.width) * form.height);
    if (TIFFReadRGBAImageOriented(tiff, form.width, form.height, raster.data(), ORIENTATION_TOPLEFT, 1) != 1)
        refuse_picture(name, "is damaged or cut off");
    return make_picture(int(form.width), int(form.height), 3, 8, [&](std::uint8_t* out) {
        for (const std::uint32_t pixel : raster) {
            *out++ = static_cast<std::uint8_t>(TIFFGetR(pixel));
            *out++ = static_cast<std::uint8_t>(TIFFGetG(pixel));
            *out++ = static_cast<std::uint8_t>(TIFFGetB(pixel));
        }
    });
}

} // namespace

Picture decode_tiff(Bytes bytes, const std::string& name)
{
    Memory file{bytes};
    const File tiff = open(file);
    if (!tiff)
        refuse_picture(name, "is damaged or cut off");
    const Form form = form_of(tiff.get());
    check_size(form.width, form.height, name);
    return is_plain(tiff.get(), form) ? oriented(read_plain(tiff.get(), form, name), form.orientation)
                                      : read_converted(tiff.get(), form, name);
}

} // namespace lacuna
