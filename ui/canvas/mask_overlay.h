// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include "ui/canvas/canvas_view.h"
#include "ui/document/pyramid.h"

namespace lacuna::ui {

/// The mask as it is drawn over the picture: translucent colour, hatch (so that colour alone carries no meaning)
/// and a double outline. `part` is in logical pixels of the widget; null when nothing there is hole.
QImage maskOverlay(const Mask& mask, const MaskPyramid& pyramid, const CanvasView& view, QRect part);

} // namespace lacuna::ui
