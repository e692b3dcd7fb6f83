// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/zip_directory.h"

#include <algorithm>
#include <vector>

#include "engine/checkpoint/crc32.h"

namespace lacuna {

namespace {

constexpr std::uint64_t most_entries = 65536, largest_directory = std::uint64_t(64) << 20;
constexpr std::uint32_t saturated = 0xFFFFFFFF; ///< "look into the ZIP64 record"
constexpr const char* again = "Download it again";
constexpr const char* resave = "Save it again with torch.save or as safetensors";

/// Where the directory lies and how many members it lists.
struct Directory {
    std::uint64_t begin = 0, size = 0, entries = 0;
};

/// A member as the directory describes it.
struct Listed {
    std::string name{};
    std::uint16_t flags = 0, method = 0;
    std::uint64_t compressed = 0, size = 0, header = 0;
    std::uint32_t crc = 0;
};

bool agrees(std::uint64_t small, std::uint64_t full, std::uint64_t saturated_value)
{
    return small == full || small == saturated_value;
}

/// The end record, which must be the last 22 bytes, and the ZIP64 records in front of it when there are any.
Directory find_directory(const ByteSource& source)
{
    constexpr std::uint64_t end_bytes = 22, locator_bytes = 20, end64_bytes = 56;
    if (source.size() < end_bytes)
        source.refuse("ends too early, it is damaged or was not downloaded in full", again);
    const std::uint64_t end = source.size() - end_bytes;
    ByteReader reader(source, end, source.size());
    if (reader.number(4) != 0x06054B50)
        source.refuse("does not end like a zip file: it ends too early, or bytes follow its end", again);
    const std::uint64_t disk = reader.number(2), first_disk = reader.number(2), here = reader.number(2),
                        entries = reader.number(2), size = reader.number(4), begin = reader.number(4),
                        comment = reader.number(2);
    if (disk != 0 || first_disk != 0 || here != entries || comment != 0)
        source.refuse("has an end record with parts that no checkpoint has", resave);

    Directory directory{begin, size, entries};
    std::uint64_t directory_end = end;
    if (end >= locator_bytes && ByteReader(source, end - locator_bytes, end).number(4) == 0x07064B50) {
        if (end < locator_bytes + end64_bytes)
            source.refuse("has a ZIP64 record outside of the file", again);
        directory_end = end - locator_bytes - end64_bytes;
        ByteReader locator(source, end - locator_bytes + 4, end);
        if (locator.number(4) != 0 || locator.number(8) != directory_end || locator.number(4) != 1)
            source.refuse("has a ZIP64 locator that points elsewhere", again);
        ByteReader end64(source, directory_end, end);
        if (end64.number(4) != 0x06064B50 || end64.number(8) != end64_bytes - 12)
            source.refuse("has a damaged ZIP64 end record", again);
        end64.number(4); // versions
        if (end64.number(4) != 0 || end64.number(4) != 0)
            source.refuse("is split into several files", resave);
        const std::uint64_t here64 = end64.number(8);
        directory.entries = end64.number(8);
        directory.size = end64.number(8);
        directory.begin = end64.number(8);
        if (here64 != directory.entries || !agrees(entries, directory.entries, 0xFFFF)
            || !agrees(size, directory.size, saturated) || !agrees(begin, directory.begin, saturated))
            source.refuse("has two end records that disagree", again);
    }
    if (directory.begin > directory_end || directory.size != directory_end - directory.begin)
        source.refuse("has a member list that lies outside of the file", again);
    constexpr std::uint64_t least_entry = 46;
    if (directory.entries > most_entries || directory.size > largest_directory
        || directory.entries > directory.size / least_entry)
        source.refuse("announces more members than fit into it", again);
    return directory;
}

/// The 64-bit values of a member where the 32-bit ones are saturated: extra field 1 of [begin, end).
void read_zip64(const ByteSource& source, std::uint64_t begin, std::uint64_t end, Listed& listed)
{
    bool needed = listed.size == saturated || listed.compressed == saturated || listed.header == saturated;
    while (end - begin >= 4) {
        ByteReader reader(source, begin, end);
        const std::uint64_t id = reader.number(2), bytes = reader.number(2);
        if (bytes > reader.left())
            source.refuse("has a damaged member list", again);
        begin = reader.position() + bytes;
        if (id == 1 && needed) {
            ByteReader values(source, reader.position(), begin);
            for (std::uint64_t* value : {&listed.size, &listed.compressed, &listed.header})
                if (*value == saturated)
                    *value = values.number(8);
            needed = false;
        }
    }
    if (needed || begin != end)
        source.refuse("has a damaged member list", again);
}

std::vector<Listed> read_list(const ByteSource& source, const Directory& directory)
{
    std::vector<Listed> all;
    ByteReader reader(source, directory.begin, directory.begin + directory.size);
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        Listed listed;
        if (reader.left() < 46 || reader.number(4) != 0x02014B50)
            source.refuse("has a member list that is shorter than announced", again);
        reader.number(4); // versions
        listed.flags = static_cast<std::uint16_t>(reader.number(2));
        listed.method = static_cast<std::uint16_t>(reader.number(2));
        reader.number(4); // time
        listed.crc = static_cast<std::uint32_t>(reader.number(4));
        listed.compressed = reader.number(4);
        listed.size = reader.number(4);
        const std::uint64_t name = reader.number(2), extra = reader.number(2), comment = reader.number(2),
                            disk = reader.number(2);
        reader.number(6); // attributes
        listed.header = reader.number(4);
        if (name + extra > reader.left() || comment != 0 || disk != 0)
            source.refuse("has a damaged member list", again);
        listed.name = reader.text(name);
        read_zip64(source, reader.position(), reader.position() + extra, listed);
        reader.text(extra);
        all.push_back(std::move(listed));
    }
    if (reader.left() != 0)
        source.refuse("has a member list that is longer than announced", again);
    return all;
}

/// Every part of the name is a plain name: none is empty, "." or "..".
void check_name(const ByteSource& source, const std::string& name)
{
    const auto unsafe = [&] {
        source.refuse("has a member with the unsafe name " + in_quotes(name), resave);
    };
    if (!is_utf8(name) || name.find('\0') != std::string::npos || name.find('\\') != std::string::npos)
        unsafe();
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        const std::string part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..")
            unsafe();
        begin = end + 1;
    }
}

/// The name without its first folder, which all members of a checkpoint share.
std::string inner_name(const ByteSource& source, const std::string& name, std::string& folder)
{
    check_name(source, name);
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos || (!folder.empty() && name.substr(0, slash) != folder))
        source.refuse("is a zip file, but not one of torch.save: " + in_quotes(name)
                          + " is not in one common folder",
                      resave);
    folder = name.substr(0, slash);
    return name.substr(slash + 1);
}

/// TorchScript members, in whatever folder.
void refuse_programs(const ByteSource& source, const std::vector<Listed>& all)
{
    for (const Listed& listed : all) {
        const std::size_t slash = listed.name.find('/');
        const std::string inner = slash == std::string::npos ? listed.name : listed.name.substr(slash + 1);
        if (inner == "constants.pkl" || inner == "attributes.pkl" || inner.rfind("code/", 0) == 0)
            source.refuse("is a TorchScript archive: a program, not only weights",
                          "In Python, save the weights alone: torch.save(model.state_dict(), ...)");
    }
}

/// Where the bytes of a member begin, after its local header, which must say the same as the list.
std::uint64_t data_begin(const ByteSource& source, const Listed& listed, std::uint64_t limit)
{
    const std::uint64_t header_bytes = 30 + listed.name.size();
    if (listed.header > limit || header_bytes > limit - listed.header)
        source.refuse("has a member that lies outside of the file", again);
    ByteReader reader(source, listed.header, listed.header + header_bytes);
    if (reader.number(4) != 0x04034B50)
        source.refuse("has a member without a header", again);
    reader.number(2); // version
    const std::uint64_t flags = reader.number(2), method = reader.number(2);
    reader.number(4); // time
    const std::uint64_t crc = reader.number(4), compressed = reader.number(4), size = reader.number(4),
                        name = reader.number(2), extra = reader.number(2);
    const bool later = flags & 8; // the numbers follow the data, zeros stand here
    const auto same = [&](std::uint64_t here, std::uint64_t there, std::uint64_t wide) {
        return here == there || here == wide || (later && here == 0);
    };
    if (name != reader.left() || reader.text(name) != listed.name || flags != listed.flags
        || method != listed.method || !same(crc, listed.crc, listed.crc)
        || !same(compressed, listed.compressed, saturated) || !same(size, listed.size, saturated))
        source.refuse("has a member " + in_quotes(listed.name) + " whose two descriptions disagree", again);
    const std::uint64_t begin = reader.position() + extra;
    if (begin > limit || listed.size > limit - begin)
        source.refuse("has a member " + in_quotes(listed.name) + " that lies outside of the file", again);
    return begin;
}

void check_form(const ByteSource& source, const Listed& listed)
{
    if (listed.size > source.size())
        source.refuse("has a member " + in_quotes(listed.name) + " that claims to be larger than the file",
                      again);
    if ((listed.flags & ~0x0808) != 0)
        source.refuse("has an encrypted or unusual member " + in_quotes(listed.name), resave);
    if (listed.method != 0)
        source.refuse("has a compressed member " + in_quotes(listed.name) + ", which torch.save never writes",
                      resave);
    if (listed.compressed != listed.size)
        source.refuse("has a member " + in_quotes(listed.name) + " with two different sizes", again);
}

/// Checks every member; `key` is called for each name in turn.
template <typename Key>
std::map<std::string, ZipEntry> read_entries(const ByteSource& source, const Directory& directory,
                                             const std::vector<Listed>& all, Key&& key)
{
    std::map<std::string, ZipEntry> entries;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> spans; // header begin, data end
    for (const Listed& listed : all) {
        const std::string inner = key(listed.name);
        check_form(source, listed);
        const std::uint64_t begin = data_begin(source, listed, directory.begin);
        spans.emplace_back(listed.header, begin + listed.size);
        if (!entries.emplace(inner, ZipEntry{begin, listed.size, listed.crc}).second)
            source.refuse("has two members with the name " + in_quotes(listed.name), again);
    }
    std::sort(spans.begin(), spans.end());
    for (std::size_t i = 1; i < spans.size(); ++i)
        if (spans[i].first < spans[i - 1].second)
            source.refuse("has members that overlap", again);
    return entries;
}

} // namespace

std::map<std::string, ZipEntry> read_zip_directory(const ByteSource& source)
{
    const Directory directory = find_directory(source);
    const std::vector<Listed> all = read_list(source, directory);
    refuse_programs(source, all);
    std::string folder;
    return read_entries(source, directory, all,
                        [&](const std::string& name) { return inner_name(source, name, folder); });
}

std::map<std::string, ZipEntry> read_stored_zip(const ByteSource& source)
{
    const Directory directory = find_directory(source);
    return read_entries(source, directory, read_list(source, directory), [&](const std::string& name) {
        check_name(source, name);
        return name;
    });
}

void check_crc(const ByteSource& source, const std::string& name, const ZipEntry& entry)
{
    std::vector<std::uint8_t> buffer(
        static_cast<std::size_t>(std::min<std::uint64_t>(entry.size, std::uint64_t(1) << 20)));
    std::uint32_t crc = 0;
    for (std::uint64_t done = 0; done < entry.size;) {
        const std::size_t count =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), entry.size - done));
        source.read(entry.begin + done, std::span(buffer).first(count));
        crc = crc32(crc, std::span(buffer).first(count));
        done += count;
    }
    if (crc != entry.crc)
        refuse_checksum(source, name, entry.crc);
}

} // namespace lacuna
