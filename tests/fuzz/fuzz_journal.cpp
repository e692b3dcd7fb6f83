// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <span>

#include "engine/core/error.h"
#include "engine/project/journal_records.h"

/// Only refusals of the file may come out of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        const auto source = lacuna::ByteSource::memory(std::span(data, size), "fuzz");
        const lacuna::JournalContents contents = lacuna::read_journal(source);
        if (contents.records.empty())
            return 0;
        lacuna::read_base(contents.records.front(), source.name());
        lacuna::Project project;
        replay(project, std::span(contents.records).subspan(1), source.name());
    } catch (const lacuna::Error& error) {
        if (error.kind() != lacuna::ErrorKind::Input)
            __builtin_trap();
    }
    return 0;
}
