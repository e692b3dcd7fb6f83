// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <unordered_map>

#include "engine/checkpoint/contents.h"

namespace lacuna {

namespace {

using Kind = PickleValue::Kind;

constexpr std::uint64_t largest_pickle = std::uint64_t(64) << 20;

/// The first two pickles, a magic number and the version 1001, are compared as bytes: of protocol 2 and 4.
const std::string starts[] = {
    std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e\x80\x02\x4d\xe9\x03\x2e", 21),
    std::string("\x80\x04\x95\x0d\x00\x00\x00\x00\x00\x00\x00\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"
                "\x2e\x80\x04\x95\x04\x00\x00\x00\x00\x00\x00\x00\x4d\xe9\x03\x2e",
                39)};
constexpr std::size_t magic_lengths[] = {15, 24}; ///< of the first pickle alone

bool begins(const ByteSource& source, const std::string& text)
{
    return source.size() >= text.size() && ByteReader(source, 0, text.size()).text(text.size()) == text;
}

Pickle read_part(const ByteSource& source, std::uint64_t& position, int storage_parts)
{
    ByteReader reader(source, position, std::min(source.size(), position + largest_pickle));
    Pickle pickle = read_pickle(reader, storage_parts);
    position = pickle.end;
    return pickle;
}

void check_system(const ByteSource& source, const Pickle& system)
{
    const PickleValue& dict = system.value(system.root);
    for (std::size_t i = 0; dict.kind == Kind::Dict && i + 1 < dict.items.size(); i += 2) {
        const PickleValue& order = system.value(dict.items[i + 1]);
        if (system.value(dict.items[i]).text == "little_endian" && order.kind == Kind::Bool) {
            if (order.number == 1)
                return;
            source.refuse("was written on a computer with another byte order",
                          "Convert it to safetensors on that computer");
        }
    }
    source.refuse("does not say its byte order", "Download it again");
}

/// The order in which the blocks follow: each key of the pickle once.
std::vector<std::string> read_keys(const ByteSource& source, const Pickle& pickle)
{
    const PickleValue& list = pickle.value(pickle.root);
    std::vector<std::string> keys;
    if (list.kind != Kind::List)
        source.refuse("has no list of its blocks", "Download it again");
    for (const std::uint32_t id : list.items) {
        if (pickle.value(id).kind != Kind::Text)
            source.refuse("has a list of blocks with something else in it", "Download it again");
        keys.push_back(pickle.value(id).text);
    }
    return keys;
}

} // namespace

bool begins_like_legacy_stream(const ByteSource& source)
{
    return begins(source, starts[0].substr(0, magic_lengths[0]))
           || begins(source, starts[1].substr(0, magic_lengths[1]));
}

CheckpointContents read_legacy_stream(const ByteSource& source)
{
    const auto start = std::find_if(std::begin(starts), std::end(starts),
                                    [&](const std::string& text) { return begins(source, text); });
    if (start == std::end(starts))
        source.refuse("ends too early or is not of version 1001", "Download it again");
    std::uint64_t position = start->size();
    check_system(source, read_part(source, position, 6));
    const Pickle pickle = read_part(source, position, 6);
    const Pickle key_pickle = read_part(source, position, 6);
    const std::vector<std::string> keys = read_keys(source, key_pickle);

    std::unordered_map<std::string, std::size_t> indices;
    for (std::size_t i = 0; i < pickle.storages.size(); ++i)
        indices.emplace(pickle.storages[i].key, i);
    if (keys.size() != indices.size())
        source.refuse("lists other blocks than its pickle names", "Download it again");

    CheckpointContents contents;
    contents.blocks.resize(keys.size());
    for (const std::string& key : keys) {
        const auto found = indices.find(key);
        if (found == indices.end()) // missing, or a second time
            source.refuse("lists other blocks than its pickle names", "Download it again");
        const PickledStorage& storage = pickle.storages[found->second];
        if (source.size() - position < 8)
            source.refuse("ends too early, before the block " + in_quotes(key), "Download it again");
        ByteReader length(source, position, position + 8);
        if (length.number(8) != static_cast<std::uint64_t>(storage.elements))
            source.refuse("has the block " + in_quotes(key) + " with another length than declared",
                          "Download it again");
        position += 8;
        const std::uint64_t bytes = static_cast<std::uint64_t>(storage.elements) * size_of(storage.dtype);
        if (bytes > source.size() - position)
            source.refuse("ends too early, inside of the block " + in_quotes(key), "Download it again");
        contents.blocks[found->second] = {key, position, bytes, {}};
        position += bytes;
        indices.erase(found);
    }
    if (position != source.size())
        source.refuse("has bytes after its last block", "Download it again");
    name_tensors(source, pickle, contents);
    return contents;
}

} // namespace lacuna
