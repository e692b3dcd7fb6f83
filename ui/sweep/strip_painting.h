// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>
#include <QSize>

#include <vector>

class QPainter;

namespace lacuna::ui {

/// Pictures side by side from the left of `area`, each of this shape and as large as the room allows; empty places
/// where there are fewer than `count`. More than fit at their least width are left out, and how many is said.
void paintStrip(QPainter& painter, const QRectF& area, const std::vector<QImage>& pictures, int count,
                QSize shape);

/// How high a strip of so many pictures is in that width.
double stripHeight(double width, int count, QSize shape);

} // namespace lacuna::ui
