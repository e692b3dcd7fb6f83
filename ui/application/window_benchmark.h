// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lacuna::ui {

class MainWindow;

/// Prints what a window costs as one line of JSON: the time from the start of the process until it can be used; then,
/// with what was opened, the times of strokes, zooming and panning, processor time while nothing happens, and the
/// memory. A picture with a hole is filled first. Call it behind MainWindow::startSession(). Returns the exit code.
struct WindowBenchmark {
    QString file{}, mask{}, example{}; ///< an example where there is no file
};
int benchWindow(MainWindow& window, const WindowBenchmark& what);

} // namespace lacuna::ui
