// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lacuna {

/// A decoded picture: an immutable value that is cheap to copy.
/// Row-major, interleaved, no padding. Channels: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA (straight alpha).
/// 8 bits: one byte a sample. 16 bits: two bytes a sample in the machine's byte order.
struct Picture {
    int width = 0;
    int height = 0;
    int channels = 3;
    int bits = 8;
    std::shared_ptr<const std::vector<std::uint8_t>> bytes{};

    bool empty() const { return width <= 0 || height <= 0 || !bytes; }
    std::size_t row_bytes() const { return std::size_t(width) * channels * (bits / 8); }
    const std::uint8_t* row(int y) const { return bytes->data() + row_bytes() * y; }
    bool has_alpha() const { return channels == 2 || channels == 4; }
    bool operator==(const Picture& other) const;
};

/// A rectangle of pixels.
struct Area {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// What a person paints: one byte a pixel, 255 = hole (to be filled), 0 = known. No values between.
/// The engine's `keep` has the opposite polarity (1 = known); the conversion is made in engine/fill only.
struct Mask {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> values{};

    Mask() = default;
    Mask(int w, int h) : width(w), height(h), values(std::size_t(w) * h, 0) {}
    bool is_hole(int x, int y) const { return values[std::size_t(y) * width + x] != 0; }
    std::size_t hole_pixels() const;
    Area hole_box() const; ///< the smallest that holds the hole; 0 x 0 without one
    bool operator==(const Mask&) const = default;
};

/// Allocates a picture and hands its bytes to `fill`, the only moment at which they may change.
template <typename Fill> Picture make_picture(int width, int height, int channels, int bits, Fill&& fill)
{
    Picture picture{width, height, channels, bits, {}};
    auto bytes = std::make_shared<std::vector<std::uint8_t>>(picture.row_bytes() * height);
    fill(bytes->data());
    picture.bytes = std::move(bytes);
    return picture;
}

/// The same picture as 8-bit RGB for display and features: grey is repeated, alpha dropped, 16 bits rounded.
Picture to_rgb8(const Picture&);

/// The part [x, x+width) x [y, y+height), which must not be empty and must lie inside.
Picture crop(const Picture&, int x, int y, int width, int height);
inline Picture crop(const Picture& picture, const Area& area)
{
    return crop(picture, area.x, area.y, area.width, area.height);
}
Mask crop(const Mask&, const Area&);

/// Scales to fit a box of `longest` pixels by area averaging; never enlarges. 8-bit RGB in and out.
Picture thumbnail(const Picture& rgb8, int longest);

/// SHA-256 in lower-case hexadecimal of size, channels, depth and samples: the identity of what was filled,
/// whatever file it came from.
std::string content_hash(const Picture&);
std::string content_hash(const Mask&);

} // namespace lacuna
