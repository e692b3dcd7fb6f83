// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/picture_file.h"

#include <algorithm>
#include <cstring>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_codecs.h"

namespace lacuna {

namespace {

bool starts_with(Bytes file, std::initializer_list<int> magic)
{
    return file.size() >= magic.size()
           && std::equal(magic.begin(), magic.end(), file.begin(),
                         [](int a, std::uint8_t b) { return a == b; });
}

std::string foreign_format(Bytes file)
{
    if (file.empty())
        return "is empty";
    if (starts_with(file, {'G', 'I', 'F', '8'}))
        return "is a GIF picture, which cannot be read";
    if (starts_with(file, {'B', 'M'}))
        return "is a BMP picture, which cannot be read yet";
    return "is not a picture that Lacuna knows (PNG, JPEG, TIFF, WebP, PGM, PPM)";
}

} // namespace

void refuse_picture(const std::string& name, const std::string& cause)
{
    throw Error(ErrorKind::Input, name, cause,
                "Use a PNG or JPEG file that other programs open without complaint");
}

void check_size(std::int64_t width, std::int64_t height, const std::string& name)
{
    if (width <= 0 || height <= 0)
        refuse_picture(name, "has no pixels");
    if (width > max_side || height > max_side || width * height > max_pixels)
        refuse_picture(name, "is too large: " + std::to_string(width) + " x " + std::to_string(height)
                                 + " pixels (at most " + std::to_string(max_pixels / 1'000'000)
                                 + " megapixels, " + std::to_string(max_side) + " a side)");
}

Picture oriented(const Picture& picture, int orientation)
{
    if (orientation < 2 || orientation > 8)
        return picture;
    const bool swaps = orientation >= 5;
    const int width = swaps ? picture.height : picture.width;
    const int height = swaps ? picture.width : picture.height;
    const std::size_t pixel = std::size_t(picture.channels) * (picture.bits / 8);
    const int right = picture.width - 1, bottom = picture.height - 1;
    return make_picture(width, height, picture.channels, picture.bits, [&](std::uint8_t* out) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x, out += pixel) {
                int u = swaps ? y : x, v = swaps ? x : y;
                if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                    u = right - u;
                if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                    v = bottom - v;
                std::memcpy(out, picture.row(v) + u * pixel, pixel);
            }
    });
}

Picture decode_picture(Bytes file, const std::string& name)
{
    if (starts_with(file, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}))
        return decode_png(file, name);
    if (starts_with(file, {0xFF, 0xD8, 0xFF}))
        return decode_jpeg(file, name);
    if (starts_with(file, {'P', '5'}) || starts_with(file, {'P', '6'}))
        return decode_pnm(file, name);
    if (starts_with(file, {'I', 'I', 42, 0}) || starts_with(file, {'M', 'M', 0, 42}))
        return decode_tiff(file, name);
    if (starts_with(file, {'R', 'I', 'F', 'F'}) && file.size() >= 12
        && std::memcmp(file.data() + 8, "WEBP", 4) == 0)
        return decode_webp(file, name);
    refuse_picture(name, foreign_format(file));
}

Picture read_picture(const std::filesystem::path& path)
{
    return decode_picture(read_file(path, std::uint64_t(2) << 30), path.string());
}

Mask read_mask(const std::filesystem::path& path, bool white_is_known)
{
    return mask_from_picture(read_picture(path), white_is_known);
}

namespace {

bool alpha_varies(const Picture& picture)
{
    if (!picture.has_alpha())
        return false;
    const std::size_t sample = picture.bits / 8, pixel = picture.channels * sample;
    const std::uint8_t* first = picture.bytes->data() + pixel - sample;
    for (std::size_t at = pixel - sample; at < picture.bytes->size(); at += pixel)
        if (std::memcmp(first, picture.bytes->data() + at, sample) != 0)
            return true;
    return false;
}

} // namespace

Mask mask_from_picture(const Picture& picture, bool white_is_known)
{
    Mask mask(picture.width, picture.height);
    const Picture rgb = to_rgb8(picture);
    // A picture whose colours say nothing but whose alpha does is an alpha mask: opaque is white.
    const bool flat =
        std::all_of(rgb.bytes->begin(), rgb.bytes->end(), [&](auto v) { return v == (*rgb.bytes)[0]; });
    const std::size_t sample = picture.bits / 8;
    const int alpha = flat && alpha_varies(picture) ? picture.channels - 1 : -1;
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const std::uint8_t* p = rgb.row(y) + 3 * x;
            int white = (299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000;
            if (alpha >= 0) {
                const std::uint8_t* a = picture.row(y) + (std::size_t(x) * picture.channels + alpha) * sample;
                std::uint16_t wide = 0;
                if (sample == 2)
                    std::memcpy(&wide, a, 2);
                white = sample == 1 ? *a : wide / 257;
            }
            mask.values[std::size_t(y) * picture.width + x] = (white >= 128) != white_is_known ? 255 : 0;
        }
    return mask;
}

} // namespace lacuna
