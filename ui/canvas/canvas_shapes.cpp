// SPDX-License-Identifier: GPL-3.0-or-later
// Polygons, which are clicked corner by corner, and pens.
#include <QPainter>
#include <QTabletEvent>

#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas.h"

namespace lacuna::ui {
namespace {

constexpr double closingReach = 8; ///< logical pixels around the first corner
constexpr double cornerRadius = 3.5;
constexpr double lightestPress = 0.05; ///< of the brush's size

/// The point nearest to `to` that lies from `from` in a multiple of 45 degrees.
QPointF snapped(QPointF from, QPointF to)
{
    const QPointF by = to - from;
    const double step = M_PI / 4;
    const double angle = std::round(std::atan2(by.y(), by.x()) / step) * step;
    const QPointF way(std::cos(angle), std::sin(angle));
    return from + way * QPointF::dotProduct(by, way);
}

} // namespace

void Canvas::addCorner(QPointF widget, Qt::KeyboardModifiers modifiers, bool hole)
{
    if (polygon_.isEmpty())
        polygonHole_ = hole;
    else if (const QPointF away = view_.toWidget(polygon_.first()) - widget;
             polygon_.size() >= 3 && std::hypot(away.x(), away.y()) <= closingReach)
        return closePolygon();
    aimPolygon(widget, modifiers);
    polygon_ << aim_;
    update(polygonRect());
}

/// Where the next corner would be.
void Canvas::aimPolygon(QPointF widget, Qt::KeyboardModifiers modifiers)
{
    update(polygonRect());
    aim_ = view_.toPicture(widget);
    if (modifiers & Qt::ShiftModifier && !polygon_.isEmpty())
        aim_ = snapped(polygon_.last(), aim_);
    update(polygonRect());
}

void Canvas::removeCorner()
{
    update(polygonRect());
    polygon_.removeLast();
    update(polygonRect());
}

void Canvas::dropPolygon()
{
    update(polygonRect());
    polygon_.clear();
}

void Canvas::closePolygon()
{
    const QPolygonF corners = polygon_;
    dropPolygon();
    if (corners.size() < 3)
        return;
    document_.beginEdit();
    document_.addShape([&corners](QSize bounds, const SpanSink& sink) { fillPolygon(corners, bounds, sink); },
                       polygonHole_);
    document_.endEdit();
}

QRect Canvas::polygonRect() const
{
    if (polygon_.isEmpty())
        return {};
    QPolygonF all = polygon_;
    all << aim_;
    return view_.toWidget(all.boundingRect()).toAlignedRect().adjusted(-6, -6, 6, 6);
}

void Canvas::paintPolygon(QPainter& painter) const
{
    if (polygon_.isEmpty())
        return;
    QPolygonF line;
    for (const QPointF& corner : polygon_)
        line << view_.toWidget(corner);
    QPolygonF open = line;
    open << view_.toWidget(aim_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5));
    painter.drawPolyline(open);
    painter.setPen(QPen(Qt::white, 1.5, polygonHole_ ? Qt::SolidLine : Qt::DashLine));
    painter.drawPolyline(open);
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1));
    painter.setBrush(Qt::white);
    for (qsizetype i = 0; i < line.size(); ++i) // the first one closes the polygon
        painter.drawEllipse(line[i], i == 0 ? cornerRadius + 1.5 : cornerRadius,
                            i == 0 ? cornerRadius + 1.5 : cornerRadius);
}

double Canvas::strokeSize() const
{
    const double share = penSizes_ ? std::clamp(pressure_, lightestPress, 1.0) : 1.0;
    return std::max(1.0, brushSize_ * share);
}

void Canvas::tabletEvent(QTabletEvent* event)
{
    if (!document_.isOpen())
        return event->ignore();
    event->accept(); // no mouse events are made of it
    const QPointF at = event->position();
    pressure_ = event->pressure();
    switch (event->type()) {
    case QEvent::TabletPress:
        if (drag_ != Drag::None)
            break;
        penErases_ = event->pointerType() == QPointingDevice::PointerType::Eraser;
        dragButton_ = event->button();
        setFocus(Qt::MouseFocusReason);
        press(at, event->button(), event->modifiers());
        break;
    case QEvent::TabletMove:
        continueDrag(at, event->modifiers());
        break;
    case QEvent::TabletRelease:
        if (event->button() == dragButton_)
            finishDrag(at, event->modifiers());
        penErases_ = false;
        break;
    default:
        break;
    }
    moveCursorTo(at);
    if (event->type() == QEvent::TabletRelease)
        pressure_ = 1; // the mouse presses fully
}

} // namespace lacuna::ui
