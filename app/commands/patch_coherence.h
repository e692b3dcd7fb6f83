// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/messages.h"

namespace lacuna::cli {

/// How much a completion is made of the picture's own matter: mean root-mean-square distance, in grey levels, of its
/// 7 x 7 patches that touch the hole (every 29th) to the nearest fully known patch, by exhaustive search.
double patch_coherence(const Picture&, const Mask&, const Completion&);

} // namespace lacuna::cli
