// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/error.h"

namespace lacuna::fuzz {

/// Does the work; nothing but a refusal of the file may come out of it. False: it was refused.
template <typename Work> bool only_refusals(Work&& work)
{
    try {
        work();
        return true;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Input)
            __builtin_trap();
        return false;
    }
}

inline void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

} // namespace lacuna::fuzz
