// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lacuna::ui {

/// What decides about the actions of the window.
struct WindowState {
    bool picture = false;
    bool running = false;
    bool results = false;    ///< a set that is complete
    bool completion = false; ///< one is shown
};

/// Why an action is disabled, a sentence that says what to do.
QString whyNot(const QString& id, const WindowState& state);

} // namespace lacuna::ui
