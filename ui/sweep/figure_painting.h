// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "engine/figures/drawing.h"

namespace lacuna::ui {

/// A figure as pixels with the fonts of the window, `scale` of them for each of the drawing. On any thread.
QImage paintFigure(const Drawing& drawing, int scale);

} // namespace lacuna::ui
