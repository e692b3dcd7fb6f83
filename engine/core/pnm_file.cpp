// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <cstring>

#include "engine/core/picture_codecs.h"

namespace lacuna {

namespace {

/// Reads the numbers of a PNM header: decimal, separated by white space and # comments.
class HeaderReader {
public:
    HeaderReader(Bytes file, const std::string& name) : file_(file), name_(name) { require_space(); }

    std::int64_t number()
    {
        skip_space();
        std::int64_t value = 0;
        int digits = 0;
        for (; at_ < file_.size() && file_[at_] >= '0' && file_[at_] <= '9'; ++at_, ++digits) {
            if (digits == 9)
                refuse_picture(name_, "has an impossible number in its header");
            value = 10 * value + (file_[at_] - '0');
        }
        if (digits == 0)
            refuse_picture(name_, "has a damaged header");
        return value;
    }
    /// Exactly one white space separates the header from the pixels.
    std::size_t data() const
    {
        require_space();
        return at_ + 1;
    }

private:
    bool at_space() const { return file_[at_] == ' ' || (file_[at_] >= '\t' && file_[at_] <= '\r'); }
    void require_space() const
    {
        if (at_ < file_.size() && !at_space() && file_[at_] != '#')
            refuse_picture(name_, "has a damaged header");
    }
    void skip_space()
    {
        while (at_ < file_.size()) {
            if (file_[at_] == '#')
                while (at_ < file_.size() && file_[at_] != '\n')
                    ++at_;
            else if (at_space())
                ++at_;
            else
                return;
        }
    }

    Bytes file_;
    const std::string& name_;
    std::size_t at_ = 2;
};

} // namespace

Picture decode_pnm(Bytes file, const std::string& name)
{
    HeaderReader header(file, name);
    const std::int64_t width = header.number(), height = header.number(), highest = header.number();
    check_size(width, height, name);
    if (highest != 255 && highest != 65535)
        refuse_picture(name, "has " + std::to_string(highest)
                                 + " as its highest value (255 and 65535 can be read)");
    const int channels = file[1] == '5' ? 1 : 3, bits = highest == 255 ? 8 : 16;
    const std::size_t size = std::size_t(width) * height * channels * (bits / 8);
    if (header.data() > file.size() || file.size() - header.data() < size)
        refuse_picture(name, "is cut off");
    return make_picture(int(width), int(height), channels, bits, [&](std::uint8_t* out) {
        std::memcpy(out, file.data() + header.data(), size);
        if (bits == 16 && std::endian::native == std::endian::little)
            for (std::size_t i = 0; i + 1 < size; i += 2)
                std::swap(out[i], out[i + 1]);
    });
}

} // namespace lacuna
