// SPDX-License-Identifier: GPL-3.0-or-later
// The program that decodes pictures from outside for the desktop application: see engine/core/decoder_process.h.
#include "engine/core/decoder_process.h"

#if defined(__SANITIZE_ADDRESS__)
/// The search for leaks at the end would start a process, which this one must not.
extern "C" const char* __asan_default_options()
{
    return "detect_leaks=0";
}
#endif

int main()
{
    return lacuna::run_decoder();
}
