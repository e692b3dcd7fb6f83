// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/checkpoint/byte_source.h"
#include "engine/checkpoint/pickle.h"
#include "engine/checkpoint/tensor_entry.h"

namespace lacuna {

/// A block of numbers in the file; several tensors may be views of it.
struct TensorBlock {
    std::string name{};
    std::uint64_t begin = 0, size = 0;
    std::optional<std::uint32_t> crc{}; ///< of all bytes, where the container has one
};

/// What one of the three containers holds, without the values.
struct CheckpointContents {
    std::map<std::string, TensorEntry> tensors{};
    std::map<std::string, std::string> metadata{};
    std::string wrapper{}; ///< what was around the tensors, such as "state_dict"; empty for none
    std::vector<TensorBlock> blocks{};
};

/// The three containers. Each throws Error{Input} for anything that is not exactly such a file.
CheckpointContents read_torch_zip(const ByteSource&);     ///< reliability.md 3.2
CheckpointContents read_legacy_stream(const ByteSource&); ///< reliability.md 3.3
CheckpointContents read_safetensors(const ByteSource&);   ///< reliability.md 3.1

bool begins_like_legacy_stream(const ByteSource&);
/// Says what the file is instead of a checkpoint, from its first bytes.
[[noreturn]] void refuse_other_file(const ByteSource&);

/// Finds the named tensors of a pickle: a dictionary of tensors, alone or in one of the usual wrappers
/// ({'state_dict': ...}, [state, optimizer, ...], averaged weights first where both are there), without the
/// 'module.' of DataParallel. Tensors of several dictionaries get the names of those in front. Fills tensors and
/// wrapper; TensorEntry::block is the index of the pickle's storage.
void name_tensors(const ByteSource&, const Pickle&, CheckpointContents&);

} // namespace lacuna
