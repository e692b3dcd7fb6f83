// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QPolygonF>
#include <QRect>
#include <QSize>

#include <functional>

/// Shapes as rows of pixels. A pixel belongs to a shape when its centre does. Coordinates are source pixels.
namespace lacuna::ui {

/// Pixels [first, past) of row y, inside the picture.
using SpanSink = std::function<void(int y, int first, int past)>;

/// All points not farther than `radius` from the segment a-b: one step of a brush stroke.
void sweepDisc(QPointF a, QPointF b, double radius, QSize bounds, const SpanSink& sink);

/// The pixel rectangle with the two given pixels as opposite corners, both included.
QRect pixelRect(QPointF a, QPointF b);
void fillRect(QRect rect, QSize bounds, const SpanSink& sink);

/// The inside of the ellipse that touches the sides of the rectangle.
void fillEllipse(const QRectF& rect, QSize bounds, const SpanSink& sink);

/// The inside of a closed polygon, every part that it winds around.
void fillPolygon(const QPolygonF& polygon, QSize bounds, const SpanSink& sink);

} // namespace lacuna::ui
