// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/checkpoint/contents.h"
#include "engine/checkpoint/zip_directory.h"

namespace lacuna {

namespace {

constexpr std::uint64_t largest_pickle = std::uint64_t(64) << 20;

bool is_number(const std::string& text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// The records torch.save writes; those whose names begin with a dot describe the container.
bool is_known(const std::string& name)
{
    return name == "data.pkl" || name == "version" || name == "byteorder" || name.front() == '.'
           || (name.rfind("data/", 0) == 0 && is_number(name.substr(5)));
}

std::string small_text(const ByteSource& source, const std::string& name, const ZipEntry& entry)
{
    if (entry.size > 100)
        source.refuse("has a record " + in_quotes(name) + " that is too long", "Download it again");
    check_crc(source, name, entry);
    return ByteReader(source, entry.begin, entry.begin + entry.size).text(entry.size);
}

void check_byte_order(const ByteSource& source, const std::map<std::string, ZipEntry>& entries)
{
    const auto order = entries.find("byteorder");
    if (order != entries.end() && small_text(source, order->first, order->second) != "little")
        source.refuse("was written on a computer with another byte order",
                      "Convert it to safetensors on that computer");
}

Pickle read_object(const ByteSource& source, const std::map<std::string, ZipEntry>& entries)
{
    const auto found = entries.find("data.pkl");
    if (found == entries.end())
        source.refuse("is a zip file, but not one of torch.save: it has no data.pkl",
                      "Give the file that torch.save wrote");
    const ZipEntry& entry = found->second;
    if (entry.size > largest_pickle)
        source.refuse("has a pickle of more than 64 MB", "Save the weights alone");
    check_crc(source, found->first, entry);
    ByteReader reader(source, entry.begin, entry.begin + entry.size);
    Pickle pickle = read_pickle(reader, 5);
    if (reader.left() != 0)
        source.refuse("has bytes after the end of its pickle", "Download it again");
    return pickle;
}

} // namespace

CheckpointContents read_torch_zip(const ByteSource& source)
{
    const std::map<std::string, ZipEntry> entries = read_zip_directory(source);
    for (const auto& [name, entry] : entries)
        if (!is_known(name))
            source.refuse("is a zip file with the member " + in_quotes(name)
                              + ", which torch.save never writes",
                          "Give the file that torch.save wrote");
    check_byte_order(source, entries);
    const Pickle pickle = read_object(source, entries);

    CheckpointContents contents;
    for (const PickledStorage& storage : pickle.storages) {
        const auto found = entries.find("data/" + storage.key);
        if (found == entries.end())
            source.refuse("lacks the block " + in_quotes(storage.key) + " that its pickle names",
                          "Download it again");
        const ZipEntry& entry = found->second;
        if (entry.size != static_cast<std::uint64_t>(storage.elements) * size_of(storage.dtype))
            source.refuse("has the block " + in_quotes(storage.key) + " with another length than declared",
                          "Download it again");
        contents.blocks.push_back({found->first, entry.begin, entry.size, entry.crc});
    }
    name_tensors(source, pickle, contents);
    return contents;
}

} // namespace lacuna
