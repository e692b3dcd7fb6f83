// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/session/session.h"

namespace lacuna {

/// The models that can fill, and files that cannot be used with the reason: This photo, those that come with Lacuna,
/// those of the user's folder. Only headers of files are read.
std::vector<ModelInfo> fill_models();

} // namespace lacuna
