// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/exif.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/project/little_endian.h"

namespace lacuna {

namespace {

using Block = std::span<const std::uint8_t>;
using Entries = std::vector<ExifEntry>;

enum Tag : std::uint16_t {
    interoperability_pointer = 0xA005,
    camera_pointer = 0x8769,
    place_pointer = 0x8825,
    maker_note = 0x927C,
    pixel_width = 0xA002,
    pixel_height = 0xA003,
};

constexpr std::uint16_t type_long = 4;
constexpr std::size_t most_entries = 1000;

/// Of the first directory: description, make, model, resolution, software, date, artist, copyright, texts of Windows.
/// The others describe the file that the picture was stored in.
constexpr std::array<std::uint16_t, 14> kept_of_main{0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131,
                                                     0x0132, 0x013B, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E};
/// Texts and names of people, serial numbers of camera and lens, identity of the picture.
constexpr std::array<std::uint16_t, 13> private_tags{0x010E, 0x013B, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E,
                                                     0x9286, 0xA420, 0xA430, 0xA431, 0xA435, 0x9C9F};

/// Bytes of one value and of the numbers in it.
constexpr std::array<std::uint8_t, 13> value_bytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
constexpr std::array<std::uint8_t, 13> number_bytes{0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8};

template <typename List> bool contains(const List& list, std::uint16_t tag)
{
    return std::find(list.begin(), list.end(), tag) != list.end();
}

struct Reader {
    Block block{};
    bool little = true;

    bool has(std::size_t at, std::size_t count) const
    {
        return at <= block.size() && block.size() - at >= count;
    }
    std::uint32_t number(std::size_t at, int count) const
    {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i)
            value |= std::uint32_t(block[at + std::size_t(i)]) << 8 * (little ? i : count - 1 - i);
        return value;
    }
};

bool earlier(const ExifEntry& a, const ExifEntry& b)
{
    return a.tag < b.tag;
}

/// One directory, in the order of tags, each once.
Entries read_directory(const Reader& reader, std::size_t at)
{
    Entries entries;
    if (at < 8 || !reader.has(at, 2))
        return entries;
    const std::size_t count = std::min<std::size_t>(reader.number(at, 2), most_entries);
    for (std::size_t i = 0; i < count && reader.has(at + 2 + 12 * i, 12); ++i) {
        const std::size_t place = at + 2 + 12 * i;
        ExifEntry entry;
        entry.tag = static_cast<std::uint16_t>(reader.number(place, 2));
        entry.type = static_cast<std::uint16_t>(reader.number(place + 2, 2));
        entry.count = reader.number(place + 4, 4);
        if (entry.type == 0 || entry.type >= value_bytes.size())
            continue;
        const std::size_t bytes = std::size_t(entry.count) * value_bytes[entry.type];
        const std::size_t from = bytes <= 4 ? place + 8 : reader.number(place + 8, 4);
        if (bytes == 0 || !reader.has(from, bytes))
            continue;
        entry.value.assign(reader.block.begin() + std::ptrdiff_t(from),
                           reader.block.begin() + std::ptrdiff_t(from + bytes));
        if (!reader.little)
            for (auto number = entry.value.begin(); number != entry.value.end();
                 number += number_bytes[entry.type])
                std::reverse(number, number + number_bytes[entry.type]);
        entries.push_back(std::move(entry));
    }
    std::stable_sort(entries.begin(), entries.end(), earlier);
    entries.erase(std::unique(entries.begin(), entries.end(),
                              [](const ExifEntry& a, const ExifEntry& b) { return a.tag == b.tag; }),
                  entries.end());
    return entries;
}

std::uint32_t first_number(const ExifEntry& entry)
{
    std::uint32_t value = 0;
    std::memcpy(&value, entry.value.data(), std::min<std::size_t>(4, entry.value.size()));
    return value;
}

ExifEntry long_entry(std::uint16_t tag, std::uint32_t value)
{
    const std::string bytes = little_endian(value, 4);
    return {tag, type_long, 1, {bytes.begin(), bytes.end()}};
}

std::size_t padded(std::size_t bytes)
{
    return bytes + bytes % 2;
}

std::size_t size_of(const Entries& entries)
{
    std::size_t size = 2 + 12 * entries.size() + 4;
    for (const ExifEntry& entry : entries)
        size += entry.value.size() > 4 ? padded(entry.value.size()) : 0;
    return size;
}

/// The directory as it stands at `offset` of a file.
std::string directory(Entries entries, std::size_t offset)
{
    std::sort(entries.begin(), entries.end(), earlier);
    std::string table = little_endian(entries.size(), 2), values;
    const std::size_t behind = offset + 2 + 12 * entries.size() + 4;
    for (const ExifEntry& entry : entries) {
        table += little_endian(entry.tag, 2) + little_endian(entry.type, 2) + little_endian(entry.count, 4);
        std::string value(entry.value.begin(), entry.value.end());
        if (value.size() <= 4) {
            value.resize(4);
            table += value;
        } else {
            table += little_endian(behind + values.size(), 4);
            value.resize(padded(value.size()));
            values += value;
        }
    }
    return table + little_endian(0, 4) + values;
}

/// The first directory with pointers to the others, at `offset`, and the others behind it.
std::string directories(Entries main, const Exif& exif, std::size_t offset)
{
    std::size_t behind =
        offset + size_of(main) + 12 * (std::size_t(!exif.camera.empty()) + std::size_t(!exif.place.empty()));
    std::string others;
    for (const auto& [tag, entries] :
         {std::pair(camera_pointer, &exif.camera), std::pair(place_pointer, &exif.place)}) {
        if (entries->empty())
            continue;
        main.push_back(long_entry(tag, static_cast<std::uint32_t>(behind)));
        const std::string bytes = directory(*entries, behind);
        behind += bytes.size();
        others += bytes;
    }
    return directory(std::move(main), offset) + others;
}

} // namespace

namespace {

/// The first directory of a block, for which `reader` then is.
Entries read_first(Reader& reader)
{
    const Block block = reader.block;
    if (!reader.has(0, 8) || (block[0] != 'I' && block[0] != 'M') || block[1] != block[0])
        return {};
    reader.little = block[0] == 'I';
    return read_directory(reader, reader.number(4, 4));
}

} // namespace

std::vector<std::uint8_t> tiff_entry(Block tiff, std::uint16_t tag)
{
    Reader reader{tiff};
    for (ExifEntry& entry : read_first(reader))
        if (entry.tag == tag)
            return std::move(entry.value);
    return {};
}

Exif read_exif(Block block)
{
    Reader reader{block};
    Exif exif;
    for (ExifEntry& entry : read_first(reader)) {
        if (entry.tag == camera_pointer && entry.type == type_long)
            exif.camera = read_directory(reader, first_number(entry));
        else if (entry.tag == place_pointer && entry.type == type_long)
            exif.place = read_directory(reader, first_number(entry));
        else if (contains(kept_of_main, entry.tag))
            exif.main.push_back(std::move(entry));
    }
    std::erase_if(exif.camera, [](const ExifEntry& entry) {
        return entry.tag == maker_note || entry.tag == interoperability_pointer;
    });
    return exif;
}

std::vector<std::uint8_t> exif_block(const Exif& exif)
{
    if (exif.empty())
        return {};
    const std::string bytes =
        "II*" + std::string(1, '\0') + little_endian(8, 4) + directories(exif.main, exif, 8);
    return {bytes.begin(), bytes.end()};
}

void add_to_tiff(std::vector<std::uint8_t>& tiff, const Exif& exif, std::vector<ExifEntry> others)
{
    const Reader reader{tiff};
    Entries main = read_directory(reader, reader.number(4, 4));
    for (const Entries* list : {&exif.main, static_cast<const Entries*>(&others)})
        for (const ExifEntry& entry : *list) {
            std::erase_if(main, [&entry](const ExifEntry& old) { return old.tag == entry.tag; });
            main.push_back(entry);
        }
    tiff.resize(padded(tiff.size()));
    const std::string first = little_endian(tiff.size(), 4);
    const std::string bytes = directories(std::move(main), exif, tiff.size());
    std::copy(first.begin(), first.end(), tiff.begin() + 4);
    tiff.insert(tiff.end(), bytes.begin(), bytes.end());
}

bool tells_private_things(const Exif& exif)
{
    const auto any = [](const Entries& entries) {
        return std::any_of(entries.begin(), entries.end(),
                           [](const ExifEntry& entry) { return contains(private_tags, entry.tag); });
    };
    return !exif.place.empty() || any(exif.main) || any(exif.camera);
}

Exif without_private_things(const Exif& exif)
{
    Exif rest = exif;
    rest.place.clear();
    for (Entries* entries : {&rest.main, &rest.camera})
        std::erase_if(*entries, [](const ExifEntry& entry) { return contains(private_tags, entry.tag); });
    return rest;
}

void set_size(Exif& exif, int width, int height)
{
    for (ExifEntry& entry : exif.camera)
        if (entry.tag == pixel_width || entry.tag == pixel_height)
            entry =
                long_entry(entry.tag, static_cast<std::uint32_t>(entry.tag == pixel_width ? width : height));
}

} // namespace lacuna
