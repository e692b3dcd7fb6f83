// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writers of small checkpoints, which can also write what no honest program writes.

#include <cstdint>
#include <cstring>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/crc32.h"

namespace lacuna::test {

inline std::string little(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

template <typename Number> std::string packed(const std::vector<Number>& values)
{
    std::string bytes(values.size() * sizeof(Number), '\0');
    if (!values.empty())
        std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

inline std::span<const std::uint8_t> bytes_of(const std::string& text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Pieces of pickles, protocol 2.

inline std::string p_text(const std::string& text)
{
    return std::string("X") + little(text.size(), 4) + text;
}

inline std::string p_whole(std::int64_t value)
{
    return std::string("\x8a\x08", 2) + little(static_cast<std::uint64_t>(value), 8); // LONG1
}

inline std::string p_tuple(const std::vector<std::int64_t>& values)
{
    std::string text = "(";
    for (const std::int64_t value : values)
        text += p_whole(value);
    return text + "t";
}

inline std::string p_ordered_dict()
{
    return "ccollections\nOrderedDict\n)R";
}

/// How a tensor is written: a view of the block `key`.
struct View {
    std::string type = "FloatStorage", key = "0";
    std::int64_t elements = 0, offset = 0;
    std::vector<std::int64_t> shape{}, strides{};
};

inline std::string p_tensor(const View& view, bool legacy = false)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + p_text("storage") + "ctorch\n" + view.type + "\n"
           + p_text(view.key) + p_text("cpu") + p_whole(view.elements) + (legacy ? "N" : "") + "tQ"
           + p_whole(view.offset) + p_tuple(view.shape) + p_tuple(view.strides) + "\x89" + p_ordered_dict()
           + "tR";
}

/// A dictionary of pieces.
inline std::string p_dict(const std::vector<std::pair<std::string, std::string>>& items, bool ordered = true)
{
    std::string text = (ordered ? p_ordered_dict() : std::string("}")) + "(";
    for (const auto& [key, value] : items)
        text += p_text(key) + value;
    return text + "u";
}

inline std::string pickle(const std::string& object)
{
    return std::string("\x80\x02", 2) + object + ".";
}

/// A stored zip file with the ZIP64 records that torch.save writes.
struct ZipMember {
    std::string name, bytes;
};

inline std::string zip_of(const std::vector<ZipMember>& members, const std::string& folder = "archive")
{
    std::string file, directory;
    for (const ZipMember& member : members) {
        const std::string name = folder + "/" + member.name;
        const std::string numbers = little(crc32(0, bytes_of(member.bytes)), 4)
                                    + little(member.bytes.size(), 4) + little(member.bytes.size(), 4)
                                    + little(name.size(), 2) + little(0, 2);
        const std::string common = little(0x0800, 2) + little(0, 2) + little(0, 4) + numbers;
        directory += "PK\1\2" + little(0, 4) + common + little(0, 2) + little(0, 2) + little(0, 6)
                     + little(file.size(), 4) + name;
        file += "PK\3\4" + little(0, 2) + common + name + member.bytes;
    }
    const std::uint64_t begin = file.size(), count = members.size(), end = begin + directory.size();
    return file + directory + "PK\6\6" + little(44, 8) + little(0x2d031e, 4) + little(0, 8) + little(count, 8)
           + little(count, 8) + little(directory.size(), 8) + little(begin, 8) + "PK\6\7" + little(0, 4)
           + little(end, 8) + little(1, 4) + "PK\5\6" + little(0, 4) + little(count, 2) + little(count, 2)
           + little(directory.size(), 4) + little(begin, 4) + little(0, 2);
}

/// What torch.save writes: the object and the blocks by key.
inline std::string torch_zip(const std::string& object, const std::map<std::string, std::string>& blocks)
{
    std::vector<ZipMember> members{{"data.pkl", pickle(object)}};
    for (const auto& [key, bytes] : blocks)
        members.push_back({"data/" + key, bytes});
    members.push_back({"version", "3\n"});
    return zip_of(members);
}

/// What torch.save wrote before 1.6: each block with its element size.
inline std::string torch_legacy(const std::string& object,
                                const std::map<std::string, std::pair<std::string, std::size_t>>& blocks)
{
    std::string file("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e\x80\x02\x4d\xe9\x03\x2e",
                     21);
    std::string keys = "](", data;
    for (const auto& [key, block] : blocks) {
        keys += p_text(key);
        data += little(block.first.size() / block.second, 8) + block.first;
    }
    return file + pickle("}(" + p_text("little_endian") + "\x88u") + pickle(object) + pickle(keys + "e")
           + data;
}

inline std::string safetensors(const std::string& header, const std::string& data)
{
    return little(header.size(), 8) + header + data;
}

/// Opens bytes as if they were a file of this name; `bytes` must outlive the checkpoint.
inline Checkpoint open_bytes(const std::string& bytes, const std::string& name = "made.pt")
{
    return Checkpoint::open(ByteSource::memory(bytes_of(bytes), name));
}

template <typename Number>
std::vector<Number> read_values(const Checkpoint& checkpoint, const std::string& name, DType as)
{
    std::vector<Number> values(static_cast<std::size_t>(checkpoint.tensors().at(name).elements()));
    checkpoint.read(name, as, std::as_writable_bytes(std::span(values)));
    return values;
}

/// 1, 2, 3, ... as float32.
inline std::string numbers(std::size_t count)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 1.f);
    return packed(values);
}

using Content = std::map<std::string, std::vector<std::byte>>;

/// Everything that can be read; throws Error as the reader does.
inline Content content_of(const std::string& file)
{
    const Checkpoint checkpoint = open_bytes(file);
    Content content;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        std::vector<std::byte> values(static_cast<std::size_t>(entry.elements()) * size_of(entry.dtype));
        checkpoint.read(name, entry.dtype, values);
        content.emplace(name, std::move(values));
    }
    return content;
}

} // namespace lacuna::test
