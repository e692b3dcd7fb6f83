// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shots/shots.h"

namespace lacuna::ui {

/// Brings a new window into the state of a scene of scenes(). Throws what the session throws.
void prepareScene(const QString& scene, MainWindow& window, Session& session);

} // namespace lacuna::ui
