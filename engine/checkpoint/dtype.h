// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lacuna {

/// The number formats a checkpoint may hold.
enum class DType { F32, F64, F16, BF16, I64, I32, I16, I8, U8, Bool };

std::size_t size_of(DType); ///< bytes of one element
const char* name_of(DType); ///< as safetensors writes it: "F32", "BOOL", ...
bool is_floating(DType);

/// True when `convert` knows the way: the same format, between floating formats, whole numbers to F32 or F64.
bool converts(DType from, DType to);
/// Converts `count` packed little-endian elements. To F16 and BF16 it rounds to nearest, ties to even; F64 goes
/// through F32. Bool becomes 0 or 1 whatever the byte. `source` and `target` need no alignment.
void convert(DType from, const std::byte* source, DType to, std::byte* target, std::size_t count);

/// How many of the packed values are NaN or infinite; 0 for whole numbers.
std::size_t count_non_finite(DType, std::span<const std::byte> values);

} // namespace lacuna
