// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/picture_painting.h"

#include <QPainter>

#include "ui/appearance/theme.h"
#include "ui/canvas/canvas_view.h"
#include "ui/document/pyramid.h"

namespace lacuna::ui {
namespace {

constexpr double sharpZoom = 3; ///< from here on pixels are shown as squares

} // namespace

void paintLevels(QPainter& painter, const Pyramid& pyramid, QPointF at, const CanvasView& view, QRect part)
{
    const int k = pyramid.levelFor(view.zoom());
    const QImage& image = pyramid.level(k);
    const double pixel = view.scale() * (1 << k); // logical size of one pixel of the level
    const QPointF origin = view.toWidget(at);
    const QRectF wanted((part.x() - origin.x()) / pixel, (part.y() - origin.y()) / pixel,
                        part.width() / pixel, part.height() / pixel);
    const QRect source = wanted.toAlignedRect().adjusted(-2, -2, 2, 2).intersected(image.rect());
    if (source.isEmpty())
        return;
    const QRectF target(origin + QPointF(source.topLeft()) * pixel, QSizeF(source.size()) * pixel);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, view.zoom() < sharpZoom && view.zoom() != 1.0);
    painter.drawImage(target, image, source);
}

void paintChip(QPainter& painter, const QString& text, QPointF corner, bool right)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextRole::Small));
    QRectF box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -4, 8, 4);
    box.moveTop(corner.y());
    right ? box.moveRight(corner.x()) : box.moveLeft(corner.x());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 165));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace lacuna::ui
