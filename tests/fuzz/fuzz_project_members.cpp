// SPDX-License-Identifier: GPL-3.0-or-later
// One member of a project file at a time, with checksums that fit: in a whole file they would keep every changed byte
// away from what reads the members. The first byte chooses the member.
#include <unistd.h>

#include "engine/checkpoint/crc32.h"
#include "engine/core/atomic_file.h"
#include "engine/core/hash.h"
#include "engine/project/little_endian.h"
#include "engine/project/project_file.h"
#include "tests/core/project_makers.h"
#include "tests/fuzz/only_refusals.h"

namespace {

using namespace lacuna;

struct Member {
    std::string name{}, bytes{};
};

std::string sha256(const std::string& bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::size_t number_of(const std::string& file, std::size_t at, int bytes)
{
    std::size_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
        value = value << 8 | static_cast<std::uint8_t>(file[at + std::size_t(i)]);
    return value;
}

/// The members of a file of our writer, found by their own headers.
std::vector<Member> members_of(const std::string& file)
{
    std::vector<Member> members;
    for (std::size_t at = 0; file.compare(at, 4, "PK\3\4") == 0;) {
        const std::size_t size = number_of(file, at + 18, 4), name = number_of(file, at + 26, 2);
        members.push_back({file.substr(at + 30, name), file.substr(at + 30 + name, size)});
        at += 30 + name + size;
    }
    return members;
}

std::vector<Member> made_members()
{
    const auto path = std::filesystem::temp_directory_path() / ("fuzz-" + std::to_string(::getpid()));
    save_project(path, test::made_project());
    const auto bytes = read_file(path);
    std::filesystem::remove(path);
    return members_of({bytes.begin(), bytes.end()});
}

std::string zip_of(const std::vector<Member>& members)
{
    std::string file, list;
    for (const auto& [name, bytes] : members) {
        const std::span view(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        const std::string common = little_endian(10, 2) + little_endian(0x0800, 2) + little_endian(0, 4)
                                   + little_endian(0x0021, 2) + little_endian(crc32(0, view), 4)
                                   + little_endian(bytes.size(), 4) + little_endian(bytes.size(), 4)
                                   + little_endian(name.size(), 2) + little_endian(0, 2);
        list += little_endian(0x02014B50, 4) + little_endian(0x0300 + 20, 2) + common + little_endian(0, 6)
                + little_endian(std::uint64_t(0100644) << 16, 4) + little_endian(file.size(), 4) + name;
        file += little_endian(0x04034B50, 4) + common + name + bytes;
    }
    return file + list + little_endian(0x06054B50, 4) + little_endian(0, 4) + little_endian(members.size(), 2)
           + little_endian(members.size(), 2) + little_endian(list.size(), 4) + little_endian(file.size(), 4)
           + little_endian(0, 2);
}

void read(const std::string& file)
{
    fuzz::only_refusals([&] {
        read_project(
            ByteSource::memory({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, "fuzz"));
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::vector<Member> made = made_members();
    static const bool fits = [] {
        const std::string file = zip_of(made);
        const OpenedProject project = read_project(
            ByteSource::memory({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, "made"));
        return project.lost.empty() && test::same(project.project, test::made_project());
    }();
    fuzz::must(fits);
    if (size == 0)
        return 0;
    std::vector<Member> members = made;
    Member& changed = members[data[0] % members.size()];
    const std::string before = sha256(changed.bytes);
    changed.bytes.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::string& description = members[1].bytes; // project.json tells the hashes
    if (const std::size_t at = description.find(before); at != std::string::npos)
        description.replace(at, before.size(), sha256(changed.bytes));
    read(zip_of(members));
    return 0;
}
