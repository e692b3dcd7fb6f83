// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles alone: in a zip file the checksum would keep changed ones away from the parser.
#include "engine/checkpoint/contents.h"
#include "engine/core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lacuna;
    const ByteSource source = ByteSource::memory({data, size}, "fuzz");
    for (const int storage_parts : {5, 6})
        try {
            ByteReader reader(source, 0, size);
            const Pickle pickle = read_pickle(reader, storage_parts);
            CheckpointContents contents;
            name_tensors(source, pickle, contents);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                __builtin_trap();
        }
    return 0;
}
