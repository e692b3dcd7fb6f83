// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna {

bool Picture::operator==(const Picture& other) const
{
    const bool same_form =
        width == other.width && height == other.height && channels == other.channels && bits == other.bits;
    if (!same_form || !bytes || !other.bytes)
        return same_form && bytes == other.bytes;
    return bytes == other.bytes || *bytes == *other.bytes;
}

std::size_t Mask::hole_pixels() const
{
    return values.size() - static_cast<std::size_t>(std::count(values.begin(), values.end(), 0));
}

Area Mask::hole_box() const
{
    const auto is_set = [](std::uint8_t value) { return value != 0; };
    int left = width, top = height, right = 0, bottom = 0;
    for (int y = 0; y < height; ++y) {
        const auto begin = values.begin() + std::ptrdiff_t(y) * width, end = begin + width;
        const auto first = std::find_if(begin, end, is_set);
        if (first == end)
            continue;
        const auto last =
            std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(begin), is_set);
        left = std::min(left, int(first - begin));
        right = std::max(right, int(last.base() - begin));
        top = std::min(top, y);
        bottom = y + 1;
    }
    return right > 0 ? Area{left, top, right - left, bottom - top} : Area{};
}

namespace {

void check_inside(int x, int y, int width, int height, int all_width, int all_height)
{
    check(x >= 0 && y >= 0 && width > 0 && height > 0 && width <= all_width - x && height <= all_height - y,
          "the part to crop lies inside the picture");
}

std::uint8_t sample8(const std::uint8_t* row, std::size_t index, int bits)
{
    if (bits == 8)
        return row[index];
    std::uint16_t value = 0;
    std::memcpy(&value, row + 2 * index, 2);
    return static_cast<std::uint8_t>((value * 255u + 32767u) / 65535u);
}

std::string header(const char* kind, int width, int height, int channels, int bits)
{
    return std::string(kind) + " " + std::to_string(width) + " " + std::to_string(height) + " "
           + std::to_string(channels) + " " + std::to_string(bits) + "\n";
}

} // namespace

Picture to_rgb8(const Picture& picture)
{
    if (picture.channels == 3 && picture.bits == 8)
        return picture;
    return make_picture(picture.width, picture.height, 3, 8, [&](std::uint8_t* out) {
        const bool grey = picture.channels < 3;
        for (int y = 0; y < picture.height; ++y) {
            const std::uint8_t* row = picture.row(y);
            for (int x = 0; x < picture.width; ++x)
                for (int c = 0; c < 3; ++c)
                    *out++ = sample8(row, std::size_t(x) * picture.channels + (grey ? 0 : c), picture.bits);
        }
    });
}

Picture crop(const Picture& picture, int x, int y, int width, int height)
{
    check_inside(x, y, width, height, picture.width, picture.height);
    const std::size_t pixel = std::size_t(picture.channels) * (picture.bits / 8);
    return make_picture(width, height, picture.channels, picture.bits, [&](std::uint8_t* out) {
        for (int r = 0; r < height; ++r)
            std::memcpy(out + r * width * pixel, picture.row(y + r) + x * pixel, width * pixel);
    });
}

Mask crop(const Mask& mask, const Area& area)
{
    check_inside(area.x, area.y, area.width, area.height, mask.width, mask.height);
    Mask part(area.width, area.height);
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x)
            if (mask.is_hole(area.x + x, area.y + y))
                part.values[std::size_t(y) * area.width + x] = 255;
    return part;
}

Picture thumbnail(const Picture& rgb8, int longest)
{
    check(rgb8.channels == 3 && rgb8.bits == 8 && longest > 0, "thumbnails are made of 8-bit RGB");
    const int side = std::max(rgb8.width, rgb8.height);
    if (side <= longest)
        return rgb8;
    const int width = std::max(1, static_cast<int>(std::lround(double(rgb8.width) * longest / side)));
    const int height = std::max(1, static_cast<int>(std::lround(double(rgb8.height) * longest / side)));
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < height; ++y) {
            const int top = static_cast<int>(std::int64_t(y) * rgb8.height / height);
            const int bottom =
                std::max(top + 1, static_cast<int>(std::int64_t(y + 1) * rgb8.height / height));
            for (int x = 0; x < width; ++x) {
                const int left = static_cast<int>(std::int64_t(x) * rgb8.width / width);
                const int right =
                    std::max(left + 1, static_cast<int>(std::int64_t(x + 1) * rgb8.width / width));
                std::uint64_t sum[3] = {0, 0, 0};
                for (int v = top; v < bottom; ++v)
                    for (int u = left; u < right; ++u)
                        for (int c = 0; c < 3; ++c)
                            sum[c] += rgb8.row(v)[3 * u + c];
                const std::uint64_t count = std::uint64_t(bottom - top) * (right - left);
                for (std::uint64_t total : sum)
                    *out++ = static_cast<std::uint8_t>((total + count / 2) / count);
            }
        }
    });
}

std::string content_hash(const Picture& picture)
{
    Sha256 sha;
    sha.add(header("picture", picture.width, picture.height, picture.channels, picture.bits));
    sha.add(*picture.bytes);
    return sha.hex();
}

std::string content_hash(const Mask& mask)
{
    Sha256 sha;
    sha.add(header("mask", mask.width, mask.height, 1, 8));
    sha.add(mask.values);
    return sha.hex();
}

} // namespace lacuna
