// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/messages.h"

namespace lacuna {

/// The hole and about as much again around it; the whole picture where that is small.
Area surroundings(const Mask&);

/// One picture that shows a set: the surroundings of the hole with the mask hatched, then every completion, in
/// rows of three. 8-bit RGB; failed members are left out.
Picture contact_sheet(const Picture&, const Mask&, const CompletionSet&);

} // namespace lacuna
