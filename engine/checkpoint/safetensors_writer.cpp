// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/safetensors_writer.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/tensor_geometry.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna {

namespace {

using Entries = std::map<std::string, SafetensorsEntry>;

std::int64_t bytes_of(const SafetensorsEntry& entry)
{
    const auto count = element_count(entry.shape);
    std::int64_t bytes = 0;
    check(count && !__builtin_mul_overflow(*count, std::int64_t(size_of(entry.dtype)), &bytes),
          "the size of a tensor that is written fits 63 bits");
    return bytes;
}

/// The order in the file: every tensor then begins at a multiple of its element size.
std::vector<std::string> file_order(const Entries& entries)
{
    std::vector<std::string> names;
    for (const auto& [name, entry] : entries)
        names.push_back(name);
    std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
        return size_of(entries.at(a).dtype) > size_of(entries.at(b).dtype);
    });
    return names;
}

std::string header_of(const Entries& entries, const std::vector<std::string>& order,
                      std::map<std::string, std::string> metadata)
{
    metadata.emplace("format", "pt");
    nlohmann::ordered_json header;
    header["__metadata__"] = metadata;
    std::int64_t position = 0;
    for (const std::string& name : order) {
        check(name != "__metadata__", "a tensor has another name than the metadata");
        const SafetensorsEntry& entry = entries.at(name);
        const std::int64_t end = position + bytes_of(entry);
        header[name] = {
            {"dtype", name_of(entry.dtype)}, {"shape", entry.shape}, {"data_offsets", {position, end}}};
        position = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

std::string length_bytes(std::uint64_t length)
{
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(length >> (8 * i) & 0xFF);
    return bytes;
}

/// What is stored must be what was meant: the same names, formats and shapes, and every byte as it was written.
void verify(const std::filesystem::path& stored, const std::filesystem::path& path, const Entries& entries,
            const std::string& sha256)
{
    bool same = false;
    try {
        const Checkpoint checkpoint = Checkpoint::open(stored);
        same = checkpoint.tensors().size() == entries.size() && checkpoint.sha256() == sha256;
        for (const auto& [name, entry] : checkpoint.tensors()) {
            const auto meant = entries.find(name);
            same = same && meant != entries.end() && meant->second.dtype == entry.dtype
                   && meant->second.shape == entry.shape;
        }
    } catch (const Error&) {
        same = false; // it would name the temporary file
    }
    if (!same)
        throw Error(ErrorKind::Output, path.string(), "could not be read back as it was written",
                    "Check the disk", "The file that was there before is unchanged.");
}

} // namespace

void write_safetensors(const std::filesystem::path& path, const Entries& entries,
                       const std::map<std::string, std::string>& metadata, const TensorProducer& produce)
{
    const std::vector<std::string> order = file_order(entries);
    const std::string header = header_of(entries, order, metadata);
    AtomicFile file(path);
    Sha256 hash;
    const auto write = [&](std::span<const std::uint8_t> bytes) {
        file.write(bytes);
        hash.add(bytes);
    };
    const auto write_text = [&](const std::string& text) {
        write(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    };
    write_text(length_bytes(header.size()));
    write_text(header);
    std::vector<std::byte> values;
    for (const std::string& name : order) {
        values.resize(static_cast<std::size_t>(bytes_of(entries.at(name))));
        produce(name, values);
        write(std::span(reinterpret_cast<const std::uint8_t*>(values.data()), values.size()));
    }
    const std::string sha256 = hash.hex();
    file.commit([&](const std::filesystem::path& stored) { verify(stored, path, entries, sha256); });
}

} // namespace lacuna
