// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna::ui {

/// Milliseconds from a mouse event of a stroke to the finished repaint.
struct StrokeLatency {
    double p50 = 0;
    double p99 = 0;
    int events = 0;
    int paints = 0; ///< at least as many: each event was followed by one
};

/// Paints on the real canvas with a picture of side x side pixels and a brush of 60 px, at actual size and at the
/// zoom that fits. Needs a QApplication; works without a screen.
StrokeLatency measureStrokeLatency(int side);

} // namespace lacuna::ui
