// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/error.h"

namespace lacuna::fuzz {

/// Opens the bytes as a file and reads its tensors, at most 64 MB of them. Only refusals may come out of it.
inline void read_everything(std::span<const std::uint8_t> bytes, Checkpoint::Container container)
{
    try {
        const Checkpoint checkpoint = Checkpoint::open(ByteSource::memory(bytes, "fuzz"));
        if (checkpoint.container() != container)
            return;
        std::size_t total = 0;
        std::vector<std::byte> values;
        for (const auto& [name, entry] : checkpoint.tensors()) {
            values.resize(static_cast<std::size_t>(entry.elements()) * size_of(entry.dtype));
            total += values.size();
            if (total > std::size_t(64) << 20)
                return;
            checkpoint.read(name, entry.dtype, values);
            count_non_finite(entry.dtype, values);
        }
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Input)
            __builtin_trap();
    }
}

} // namespace lacuna::fuzz
