// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/zip_writer.h"

#include <algorithm>

#include "engine/checkpoint/crc32.h"
#include "engine/core/error.h"
#include "engine/project/little_endian.h"

namespace lacuna {

namespace {

constexpr std::uint64_t saturated = 0xFFFFFFFF; ///< "look into the ZIP64 record"
constexpr std::uint64_t first_day = 0x0021;     ///< 1 January 1980, the earliest that a zip file can say
constexpr std::uint64_t utf8_names = 0x0800;

} // namespace

void ZipWriter::write(const std::string& bytes)
{
    file_.write(bytes);
    written_ += bytes.size();
}

void ZipWriter::add(const std::string& name, std::span<const std::uint8_t> bytes)
{
    check(bytes.size() < saturated, "a member of a zip file has less than 4 GiB");
    const Member member{name, bytes.size(), written_, crc32(0, bytes)};
    write(little_endian(0x04034B50, 4) + little_endian(10, 2) + little_endian(utf8_names, 2)
          + little_endian(0, 4) + little_endian(first_day, 2) + little_endian(member.crc, 4)
          + little_endian(member.size, 4) + little_endian(member.size, 4) + little_endian(name.size(), 2)
          + little_endian(0, 2) + name);
    file_.write(bytes);
    written_ += bytes.size();
    members_.push_back(member);
}

void ZipWriter::add(const std::string& name, const std::string& text)
{
    add(name, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void ZipWriter::finish()
{
    const std::uint64_t begin = written_;
    for (const Member& member : members_) {
        const bool far = member.header >= saturated;
        const std::string extra =
            far ? little_endian(1, 2) + little_endian(8, 2) + little_endian(member.header, 8) : std::string();
        write(little_endian(0x02014B50, 4) + little_endian(0x0300 + (far ? 45 : 20), 2)
              + little_endian(far ? 45 : 10, 2) + little_endian(utf8_names, 2) + little_endian(0, 4)
              + little_endian(first_day, 2) + little_endian(member.crc, 4) + little_endian(member.size, 4)
              + little_endian(member.size, 4) + little_endian(member.name.size(), 2)
              + little_endian(extra.size(), 2) + little_endian(0, 2) + little_endian(0, 2)
              + little_endian(0, 2) + little_endian(std::uint64_t(0100644) << 16, 4)
              + little_endian(far ? saturated : member.header, 4) + member.name + extra);
    }
    const std::uint64_t count = members_.size(), size = written_ - begin, end = written_;
    if (begin >= saturated || size >= saturated || count >= 0xFFFF)
        write(little_endian(0x06064B50, 4) + little_endian(44, 8) + little_endian(0x032D, 2)
              + little_endian(45, 2) + little_endian(0, 8) + little_endian(count, 8) + little_endian(count, 8)
              + little_endian(size, 8) + little_endian(begin, 8) + little_endian(0x07064B50, 4)
              + little_endian(0, 4) + little_endian(end, 8) + little_endian(1, 4));
    const std::uint64_t shown = std::min<std::uint64_t>(count, 0xFFFF);
    write(little_endian(0x06054B50, 4) + little_endian(0, 4) + little_endian(shown, 2)
          + little_endian(shown, 2) + little_endian(std::min(size, saturated), 4)
          + little_endian(std::min(begin, saturated), 4) + little_endian(0, 2));
}

} // namespace lacuna
