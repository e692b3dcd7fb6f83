// SPDX-License-Identifier: GPL-3.0-or-later
// The program that decodes pictures from outside for the desktop application: see engine/core/decoder_process.h.
#include "engine/core/decoder_process.h"

int main()
{
    return lacuna::run_decoder();
}
