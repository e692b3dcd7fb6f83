// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function of a .cpp file: it is compiled for several generations of processors, and the program takes the
/// best that the machine has. Sanitizers start too early for that.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)         \
    && !defined(__SANITIZE_ADDRESS__)
#define LACUNA_CLONES [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define LACUNA_CLONES
#endif
