// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>

class QPainter;

namespace lacuna::ui {

class CanvasView;
class Pyramid;

/// Draws the part of a picture that is in view; `at`: where its first pixel lies in the document. The source is cut at
/// whole pixels with a margin and the rest is left to the clip, so that a small repaint gives the same pixels as a
/// large one.
void paintLevels(QPainter& painter, const Pyramid& pyramid, QPointF at, const CanvasView& view, QRect part);

/// A short text on a dark ground over pictures, with its top left corner, or top right, at that point.
void paintChip(QPainter& painter, const QString& text, QPointF corner, bool right = false);

} // namespace lacuna::ui
