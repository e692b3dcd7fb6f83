// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/session/messages.h"

namespace lacuna::ui {

/// What a run over the hole of renderedPortrait() has reported half way: after each evaluation how far the members
/// are from each other, and in the last report what they look like, true fills that are still half their mean. The
/// same on every computer, whatever a real run would take there. For pictures of the window.
std::vector<Progress> renderedRun(const FillRequest& request, int native);

} // namespace lacuna::ui
