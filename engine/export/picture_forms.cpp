// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in another form, for formats that cannot hold theirs.
#include <cstring>

#include "engine/core/error.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

namespace {

/// Reads and writes samples of one or two bytes.
class Samples {
public:
    Samples(int bits) : wide_(bits == 16) {}
    std::uint32_t full() const { return wide_ ? 65535 : 255; }
    std::uint32_t read(const std::uint8_t* at, std::size_t index) const
    {
        if (!wide_)
            return at[index];
        std::uint16_t value = 0;
        std::memcpy(&value, at + 2 * index, 2);
        return value;
    }
    void write(std::uint8_t* at, std::size_t index, std::uint32_t value) const
    {
        const auto wide = static_cast<std::uint16_t>(value);
        if (wide_)
            std::memcpy(at + 2 * index, &wide, 2);
        else
            at[index] = static_cast<std::uint8_t>(value);
    }

private:
    bool wide_;
};

} // namespace

Picture with_bits(const Picture& picture, int bits)
{
    check(bits == 8 || bits == 16, "a depth is 8 or 16");
    if (picture.bits == bits)
        return picture;
    const Samples from(picture.bits), to(bits);
    const std::size_t count = std::size_t(picture.width) * picture.height * picture.channels;
    return make_picture(picture.width, picture.height, picture.channels, bits, [&](std::uint8_t* out) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t value = from.read(picture.bytes->data(), i);
            to.write(out, i, bits == 16 ? value * 257 : (value + 128) / 257);
        }
    });
}

Picture on_white(const Picture& picture)
{
    if (!picture.has_alpha())
        return picture;
    const Samples samples(picture.bits);
    const std::uint32_t full = samples.full();
    const std::size_t colours = std::size_t(picture.channels) - 1,
                      pixels = std::size_t(picture.width) * picture.height;
    return make_picture(picture.width, picture.height, int(colours), picture.bits, [&](std::uint8_t* out) {
        for (std::size_t i = 0; i < pixels; ++i) {
            const std::uint64_t alpha = samples.read(picture.bytes->data(), i * (colours + 1) + colours);
            for (std::size_t c = 0; c < colours; ++c) {
                const std::uint64_t value = samples.read(picture.bytes->data(), i * (colours + 1) + c);
                samples.write(out, i * colours + c,
                              std::uint32_t((value * alpha + (full - alpha) * full + full / 2) / full));
            }
        }
    });
}

Picture in_colour(const Picture& picture)
{
    if (picture.channels >= 3)
        return picture;
    const std::size_t sample = std::size_t(picture.bits) / 8, from = std::size_t(picture.channels) * sample,
                      pixels = std::size_t(picture.width) * picture.height;
    return make_picture(picture.width, picture.height, picture.channels + 2, picture.bits,
                        [&](std::uint8_t* out) {
                            const std::uint8_t* in = picture.bytes->data();
                            for (std::size_t i = 0; i < pixels; ++i, in += from) {
                                for (int c = 0; c < 3; ++c, out += sample)
                                    std::memcpy(out, in, sample);
                                std::memcpy(out, in + sample, from - sample); // alpha, if there is one
                                out += from - sample;
                            }
                        });
}

} // namespace lacuna
