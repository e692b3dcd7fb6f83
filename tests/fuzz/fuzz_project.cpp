// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <span>

#include "engine/core/error.h"
#include "engine/project/project_file.h"

/// Only refusals of the file may come out of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        lacuna::read_project(lacuna::ByteSource::memory(std::span(data, size), "fuzz"));
    } catch (const lacuna::Error& error) {
        if (error.kind() != lacuna::ErrorKind::Input)
            __builtin_trap();
    }
    return 0;
}
