// SPDX-License-Identifier: GPL-3.0-or-later
// How the shown completion is compared with the picture.
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas.h"
#include "ui/canvas/picture_painting.h"

namespace lacuna::ui {
namespace {

constexpr int blinkTime = 600;     ///< milliseconds for each of the two
constexpr double handleReach = 10; ///< logical pixels beside the line
constexpr double handleRadius = 15;
constexpr int keptFromEdge = 12;

} // namespace

void Canvas::setCompare(Compare compare)
{
    if (compare_ == compare)
        return;
    compare_ = compare;
    blinkedAway_ = false;
    if (compare == Compare::Blink)
        blink_.start(blinkTime);
    else
        blink_.stop();
    update();
    Q_EMIT compareChanged(compare);
}

void Canvas::blinkNow()
{
    blinkedAway_ = !blinkedAway_;
    if (region_)
        update();
}

double Canvas::splitX() const
{
    return std::round(split_ * width());
}

void Canvas::setSplit(double share)
{
    const double edge = double(keptFromEdge) / std::max(1, width());
    split_ = std::clamp(share, std::min(edge, 0.5), std::max(1 - edge, 0.5));
    update();
}

bool Canvas::isOnSplit(QPointF widget) const
{
    return region_ && compare_ == Compare::Split && !originalHeld_
           && std::abs(widget.x() - splitX()) <= handleReach;
}

/// The completion over the picture that is painted already. The difference is that of the screen's values: black
/// wherever nothing changed.
void Canvas::paintCompletion(QPainter& painter, QRect part) const
{
    switch (originalHeld_ ? Compare::Off : compare_) {
    case Compare::Off:
    case Compare::SideBySide:
    case Compare::Grid:
    case Compare::Twin:
        if (!originalHeld_)
            paintLevels(painter, *region_->display, region_->at, view_, part);
        return;
    case Compare::Blink:
        if (!blinkedAway_)
            paintLevels(painter, *region_->display, region_->at, view_, part);
        return;
    case Compare::Split:
        painter.setClipRect(part.intersected(QRect(int(splitX()), 0, width(), height())));
        paintLevels(painter, *region_->display, region_->at, view_, part);
        painter.setClipRect(part);
        return;
    case Compare::Difference:
        painter.fillRect(view_.toWidget(QRectF(QPointF(), document_.size())), Qt::black);
        painter.setClipRect(
            view_.toWidget(QRectF(region_->at, region_->display->level(0).size())).intersected(QRectF(part)));
        paintLevels(painter, *document_.display(), {}, view_, part);
        painter.setCompositionMode(QPainter::CompositionMode_Difference);
        paintLevels(painter, *region_->display, region_->at, view_, part);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        painter.setClipRect(part);
        return;
    }
}

/// A line with a handle, and what is on its sides.
void Canvas::paintSplit(QPainter& painter) const
{
    if (!region_ || compare_ != Compare::Split || originalHeld_)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = splitX();
    const QPointF handle(x, height() / 2.0);
    painter.fillRect(QRectF(x - 2, 0, 4, height()), QColor(0, 0, 0, 90));
    painter.fillRect(QRectF(x - 1, 0, 2, height()), Qt::white);
    painter.setPen(QPen(QColor(0, 0, 0, 110), 1));
    painter.setBrush(Qt::white);
    painter.drawEllipse(handle, handleRadius, handleRadius);
    painter.setPen(QPen(QColor(0x30, 0x30, 0x38), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const int side : {-1, 1})
        painter.drawPolyline(QPolygonF{handle + QPointF(side * 4, -4), handle + QPointF(side * 8, 0),
                                       handle + QPointF(side * 4, 4)});

    paintChip(painter, tr("original"), {x - 12, 12}, true);
    paintChip(painter, tr("completion"), {x + 12, 12});
}

} // namespace lacuna::ui
