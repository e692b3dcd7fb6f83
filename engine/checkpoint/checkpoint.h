// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/checkpoint/byte_source.h"
#include "engine/checkpoint/dtype.h"
#include "engine/checkpoint/tensor_entry.h"

namespace lacuna {

/// A file of named tensors: safetensors, or what torch.save writes (zip and the stream before PyTorch 1.6). Only
/// our own code reads it, nothing in it is ever run, and memory is bounded by what the caller asks for
/// (reliability.md 2 and 3). Copies share the open file. Reading is safe from several threads.
class Checkpoint {
public:
    enum class Container { Safetensors, TorchZip, TorchLegacy };

    /// Recognises the container by its first bytes and reads the structure, not the values. All tensors together
    /// have at most 16 times the bytes of the file. Throws Error{Input}.
    static Checkpoint open(const std::filesystem::path&);
    static Checkpoint open(ByteSource);

    Container container() const;
    const std::string& file() const; ///< the name given to open()
    std::uint64_t file_size() const;
    /// By name, after unwrapping {'state_dict': ...}, [state, ...] and 'module.'.
    const std::map<std::string, TensorEntry>& tensors() const;
    /// What the tensors were found in, such as "state_dict"; empty if they were in nothing.
    const std::string& wrapper() const;
    const std::map<std::string, std::string>& metadata() const; ///< of safetensors files

    /// Copies one tensor, packed and converted to `as`, into `destination` of elements() * size_of(as) bytes.
    /// Uses a few MB besides. The checksum of the block, where the file has one, is checked the first time that
    /// one of its tensors is read; when it differs, `destination` holds rubbish. Throws Error{Input}.
    void read(const std::string& name, DType as, std::span<std::byte> destination) const;
    /// SHA-256 of the whole file, 64 lower-case digits.
    std::string sha256() const;

    [[noreturn]] void refuse(const std::string& cause, const std::string& action) const;

private:
    struct State;
    explicit Checkpoint(std::shared_ptr<State> state) : state_(std::move(state)) {}

    std::shared_ptr<State> state_;
};

const char* name_of(Checkpoint::Container); ///< for people

/// Throws Error{Input} that names up to three tensors that are missing or have another shape, and how many there
/// are; unless `allow_extra`, also tensors that are not expected.
void require_shapes(const Checkpoint&, const std::map<std::string, std::vector<std::int64_t>>& expected,
                    bool allow_extra);

} // namespace lacuna
