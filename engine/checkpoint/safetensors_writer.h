// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/checkpoint/dtype.h"

namespace lacuna {

/// A tensor that is to be written.
struct SafetensorsEntry {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape{};
};

/// Fills `bytes` with the packed little-endian values of a tensor.
using TensorProducer = std::function<void(const std::string& name, std::span<std::byte> bytes)>;

/// Writes a safetensors file (reliability.md 3.1): larger element sizes first and then by name, the header padded to
/// 8 bytes, `format` = "pt" added to the metadata. One tensor at a time is in memory. The file is read back with
/// our reader, and its SHA-256 compared, before it replaces an old one. Throws Error{Output}; what the producer
/// throws passes through. Either way an old file stays.
void write_safetensors(const std::filesystem::path&, const std::map<std::string, SafetensorsEntry>& entries,
                       const std::map<std::string, std::string>& metadata, const TensorProducer& produce);

} // namespace lacuna
