// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPoint>

#include "ui/document/mask_shapes.h"

namespace lacuna::ui {

/// The pixels that hang together with `seed`, by their sides, and whose red, green and blue differ from those of
/// `seed` by at most `tolerance`, 0..255. Each pixel is given once. `picture`: RGB32 or RGB888.
void floodSimilar(const QImage& picture, QPoint seed, int tolerance, const SpanSink& sink);

} // namespace lacuna::ui
