// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and wheel do on the canvas.
#include "ui/canvas/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lacuna::ui {
namespace {

constexpr double wheelStep = 1.2; ///< zoom per notch
constexpr double sideStep = 64;   ///< logical pixels per notch
constexpr double smallBrush = 4;  ///< logical radius below which the arrow shape is a cross

QPointF pixelCentre(QPointF at)
{
    return {std::floor(at.x()) + 0.5, std::floor(at.y()) + 0.5};
}

double notches(const QWheelEvent& event)
{
    const QPoint turned = event.angleDelta(); // with Alt some platforms turn the wheel sideways
    return (turned.y() ? turned.y() : turned.x()) / 120.0;
}

} // namespace

bool Canvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && wantsKey(*static_cast<QKeyEvent*>(event))) {
        event->accept(); // Esc drops the shape before it stops a run
        return true;
    }
    if (event->type() == QEvent::ScreenChangeInternal) { // the other screen may have other pixels
        view_.setRatio(devicePixelRatioF());
        if (fitted_)
            view_.fit(document_.size(), size());
        viewMoved();
    }
    return QWidget::event(event);
}

void Canvas::updateCursorShape()
{
    if (spaceHeld_ || tool_ == Tool::Pan || drag_ == Drag::Pan)
        setCursor(drag_ == Drag::Pan ? Qt::ClosedHandCursor : Qt::OpenHandCursor);
    else if (drag_ == Drag::Split || (cursor_ && isOnSplit(*cursor_)))
        setCursor(Qt::SplitHCursor);
    else if (outlinesBrush() && brushSize_ * view_.scale() / 2 > smallBrush)
        setCursor(Qt::BlankCursor);
    else
        setCursor(Qt::CrossCursor);
}

void Canvas::moveCursorTo(QPointF widget)
{
    const bool was = cursor_ && isOnSplit(*cursor_), is = isOnSplit(widget);
    if (outlinesBrush()) {
        if (cursor_)
            update(brushRect(*cursor_));
        update(brushRect(widget));
    }
    cursor_ = widget;
    if (was != is)
        updateCursorShape();
    const QPointF at = view_.toPicture(widget);
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    if (QRect(QPoint(0, 0), document_.size()).contains(pixel))
        Q_EMIT cursorMoved(pixel);
    else
        Q_EMIT cursorMoved(std::nullopt);
}

void Canvas::mousePressEvent(QMouseEvent* event)
{
    if (!document_.isOpen() || drag_ != Drag::None)
        return;
    dragButton_ = event->button();
    press(event->position(), event->button(), event->modifiers());
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (polygon_.isEmpty())
        mousePressEvent(event);
    else
        closePolygon(); // the click before it has added the last corner
}

void Canvas::press(QPointF widget, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    const bool pans =
        button == Qt::MiddleButton || (button == Qt::LeftButton && (spaceHeld_ || tool_ == Tool::Pan));
    if (pans)
        return startDrag(Drag::Pan, widget, false);
    if (button == Qt::LeftButton && isOnSplit(widget))
        return startDrag(Drag::Split, widget, false);
    if (button != Qt::LeftButton && button != Qt::RightButton)
        return;
    if (button == Qt::LeftButton && modifiers & Qt::ControlModifier && polygon_.isEmpty())
        return startDrag(Drag::Hole, widget, true);
    const bool hole = button == Qt::LeftButton && tool_ != Tool::Eraser && !penErases_;
    switch (tool_) {
    case Tool::Rectangle:
        return startDrag(Drag::Rectangle, widget, hole);
    case Tool::Ellipse:
        return startDrag(Drag::Ellipse, widget, hole);
    case Tool::Lasso:
        return startDrag(Drag::Lasso, widget, hole);
    case Tool::Polygon:
        return addCorner(widget, modifiers, hole);
    case Tool::Bucket: {
        const QPointF at = view_.toPicture(widget);
        const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
        if (QRect(QPoint(0, 0), document_.size()).contains(pixel))
            Q_EMIT similarWanted(pixel, hole);
        return;
    }
    case Tool::Pan:
        return;
    case Tool::Brush:
    case Tool::Eraser:
        break;
    }
    const std::optional<QPointF> from = modifiers & Qt::ShiftModifier ? strokeEnd_ : std::nullopt;
    startDrag(Drag::Stroke, widget, hole);
    stroke(from.value_or(dragStart_), dragStart_);
}

void Canvas::startDrag(Drag drag, QPointF widget, bool hole)
{
    drag_ = drag;
    dragMakesHole_ = hole;
    dragStart_ = view_.toPicture(widget);
    dragLast_ = drag == Drag::Pan ? widget : dragStart_;
    strokeFrom_ = strokeSize();
    if (drag == Drag::Lasso)
        lasso_ = QPolygonF{dragStart_};
    if (drag == Drag::Stroke)
        document_.beginEdit();
    if (drag == Drag::Hole) {
        const Area box = document_.mask().hole_box();
        dragHole_ = QRect(box.x, box.y, box.width, box.height);
        if (dragHole_.isEmpty())
            drag_ = Drag::None;
    }
    updateCursorShape();
}

/// One step of a stroke. A pen that is pressed harder at its end makes a larger disc there.
void Canvas::stroke(QPointF from, QPointF to)
{
    const double begin = std::exchange(strokeFrom_, strokeSize()), end = strokeFrom_;
    document_.addShape(
        [=](QSize bounds, const SpanSink& sink) {
            if (begin <= 1 && end <= 1) // a disc of one pixel may lie between four centres and hit none
                return sweepDisc(pixelCentre(from), pixelCentre(to), 0.5, bounds, sink);
            sweepDisc(from, to, std::min(begin, end) / 2, bounds, sink);
            if (begin != end)
                sweepDisc(begin > end ? from : to, begin > end ? from : to, std::max(begin, end) / 2, bounds,
                          sink);
        },
        dragMakesHole_);
    dragLast_ = to;
    strokeEnd_ = to;
}

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    continueDrag(event->position(), event->modifiers());
    if (!polygon_.isEmpty())
        aimPolygon(event->position(), event->modifiers());
    moveCursorTo(event->position());
}

/// The corner that is dragged; with Shift the sides have one length.
QPointF Canvas::shapeCorner(QPointF at, Qt::KeyboardModifiers modifiers) const
{
    if (!(modifiers & Qt::ShiftModifier))
        return at;
    const QPointF by = at - dragStart_;
    const double side = std::max(std::abs(by.x()), std::abs(by.y()));
    return dragStart_ + QPointF(std::copysign(side, by.x()), std::copysign(side, by.y()));
}

void Canvas::continueDrag(QPointF widget, Qt::KeyboardModifiers modifiers)
{
    const QPointF at = view_.toPicture(widget);
    switch (drag_) {
    case Drag::None:
        return;
    case Drag::Pan:
        fitted_ = false;
        view_.pan(widget - dragLast_);
        view_.settle(document_.size(), size());
        dragLast_ = widget;
        return viewMoved();
    case Drag::Stroke:
        return stroke(dragLast_, at);
    case Drag::Split:
        return setSplit(widget.x() / std::max(1, width()));
    case Drag::Rectangle:
    case Drag::Ellipse:
        update(dragRect());
        dragLast_ = shapeCorner(at, modifiers);
        return update(dragRect());
    case Drag::Hole:
        update(dragRect());
        dragLast_ = at;
        return update(dragRect());
    case Drag::Lasso:
        lasso_ << at;
        return update(dragRect());
    }
}

void Canvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == dragButton_)
        finishDrag(event->position(), event->modifiers());
}

void Canvas::finishDrag(QPointF widget, Qt::KeyboardModifiers modifiers)
{
    update(dragRect());
    const QPointF at = view_.toPicture(widget);
    const Drag finished = std::exchange(drag_, Drag::None);
    if (finished == Drag::Stroke) {
        if (at != dragLast_)
            stroke(dragLast_, at);
        document_.endEdit();
    } else if (finished == Drag::Hole) {
        const QPointF by = at - dragStart_;
        Q_EMIT holeMoved({int(std::lround(by.x())), int(std::lround(by.y()))});
    } else if (finished == Drag::Rectangle || finished == Drag::Ellipse || finished == Drag::Lasso) {
        const QRect box = pixelRect(dragStart_, shapeCorner(at, modifiers));
        document_.beginEdit();
        document_.addShape(
            [&](QSize bounds, const SpanSink& sink) {
                if (finished == Drag::Rectangle)
                    fillRect(box, bounds, sink);
                else if (finished == Drag::Ellipse)
                    fillEllipse(box, bounds, sink);
                else
                    fillPolygon(lasso_, bounds, sink);
            },
            dragMakesHole_);
        document_.endEdit();
    }
    updateCursorShape();
}

void Canvas::leaveEvent(QEvent*)
{
    if (cursor_)
        update(brushRect(*cursor_));
    cursor_.reset();
    Q_EMIT cursorMoved(std::nullopt);
}

void Canvas::wheelEvent(QWheelEvent* event)
{
    const double turned = notches(*event);
    if (event->modifiers() & Qt::AltModifier) {
        growBrush(std::abs(turned) < 1 ? (turned > 0 ? 1 : -1) : int(turned));
    } else if (event->modifiers() & Qt::ShiftModifier) {
        fitted_ = false;
        view_.pan({turned * sideStep, 0});
        view_.settle(document_.size(), size());
        viewMoved();
    } else {
        zoomTo(view_.zoom() * std::pow(wheelStep, turned), event->position());
    }
    event->accept();
}

void Canvas::focusOutEvent(QFocusEvent* event)
{
    spaceHeld_ = false;
    updateCursorShape();
    QWidget::focusOutEvent(event);
}

} // namespace lacuna::ui
