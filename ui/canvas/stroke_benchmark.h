// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace lacuna::ui {

class Canvas;

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

/// Milliseconds from an event to its finished repaint on a shown canvas with a picture.
struct FrameTimes {
    std::vector<double> waited{}; ///< by the clock
    std::vector<double> worked{}; ///< of this thread: other programs beside it do not count
};
FrameTimes timeStrokes(Canvas& canvas); ///< two, of 60 px, at actual size and at the zoom that fits
FrameTimes timeZoom(Canvas& canvas);    ///< by wheel, from the whole picture to single pixels and back
FrameTimes timePan(Canvas& canvas);     ///< by the middle button, at actual size and twice the zoom that fits

/// The value that so large a share of the times does not exceed.
double quantile(std::vector<double> times, double share);

} // namespace lacuna::ui
