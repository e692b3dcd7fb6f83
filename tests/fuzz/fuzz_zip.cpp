// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/read_everything.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    lacuna::fuzz::read_everything({data, size}, lacuna::Checkpoint::Container::TorchZip);
    return 0;
}
