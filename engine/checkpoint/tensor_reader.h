// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "engine/checkpoint/contents.h"

namespace lacuna {

/// Copies a tensor, packed and converted, through a buffer of a few MB; straight into `destination` where nothing
/// has to be changed. With `check` the bytes of the whole block are read and must have its CRC-32. Throws
/// Error{Input}.
void read_tensor(const ByteSource&, const TensorBlock&, const TensorEntry&, DType as,
                 std::span<std::byte> destination, bool check);

} // namespace lacuna
