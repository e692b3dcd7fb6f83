// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/checkpoint/byte_source.h"
#include "engine/checkpoint/dtype.h"

namespace lacuna {

/// The only functions a pickle may name.
enum class PickleFunction { OrderedDict, RebuildTensorV2, RebuildTensor, RebuildParameter, Size };

std::optional<PickleFunction> find_function(const std::string& module, const std::string& name);
/// The element type of a storage class; U8 for untyped storages.
std::optional<DType> find_storage_class(const std::string& module, const std::string& name);

/// Throws Error{Input}: says what the name is when it is a frequent one, and what to do about it.
[[noreturn]] void refuse_name(const ByteSource&, const std::string& module, const std::string& name);

/// "REDUCE", or "0x07" for a byte that is no operation.
std::string operation_name(std::uint8_t code);

} // namespace lacuna
