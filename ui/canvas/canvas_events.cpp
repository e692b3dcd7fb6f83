// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse, wheel and keys do on the canvas.
#include "ui/canvas/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lacuna::ui {
namespace {

constexpr double wheelStep = 1.2; ///< zoom per notch
constexpr double arrowStep = 64;  ///< logical pixels per key press
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
    if (event->type() == QEvent::ShortcutOverride && drag_ != Drag::None
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
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
    const bool pans = event->button() == Qt::MiddleButton
                      || (event->button() == Qt::LeftButton && (spaceHeld_ || tool_ == Tool::Pan));
    if (pans)
        return startDrag(Drag::Pan, event->position(), false);
    if (event->button() == Qt::LeftButton && isOnSplit(event->position()))
        return startDrag(Drag::Split, event->position(), false);
    if (event->button() != Qt::LeftButton && event->button() != Qt::RightButton)
        return;
    const bool hole = event->button() == Qt::LeftButton && tool_ != Tool::Eraser;
    if (tool_ == Tool::Rectangle || tool_ == Tool::Lasso)
        return startDrag(tool_ == Tool::Rectangle ? Drag::Rectangle : Drag::Lasso, event->position(), hole);
    const std::optional<QPointF> from = event->modifiers() & Qt::ShiftModifier ? strokeEnd_ : std::nullopt;
    startDrag(Drag::Stroke, event->position(), hole);
    stroke(from.value_or(dragStart_), dragStart_);
}

void Canvas::startDrag(Drag drag, QPointF widget, bool hole)
{
    drag_ = drag;
    dragMakesHole_ = hole;
    dragStart_ = view_.toPicture(widget);
    dragLast_ = drag == Drag::Pan ? widget : dragStart_;
    if (drag == Drag::Lasso)
        lasso_ = QPolygonF{dragStart_};
    if (drag == Drag::Stroke)
        document_.beginEdit();
    updateCursorShape();
}

void Canvas::stroke(QPointF from, QPointF to)
{
    document_.addShape(
        [=, size = brushSize_](QSize bounds, const SpanSink& sink) {
            if (size == 1) // a disc of one pixel may lie between four centres and hit none
                sweepDisc(pixelCentre(from), pixelCentre(to), 0.5, bounds, sink);
            else
                sweepDisc(from, to, size / 2.0, bounds, sink);
        },
        dragMakesHole_);
    dragLast_ = to;
    strokeEnd_ = to;
}

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    continueDrag(event->position());
    moveCursorTo(event->position());
}

void Canvas::continueDrag(QPointF widget)
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
        finishDrag(event->position());
}

void Canvas::finishDrag(QPointF widget)
{
    update(dragRect());
    const QPointF at = view_.toPicture(widget);
    const Drag finished = std::exchange(drag_, Drag::None);
    if (finished == Drag::Stroke) {
        if (at != dragLast_)
            stroke(dragLast_, at);
        document_.endEdit();
    } else if (finished == Drag::Rectangle || finished == Drag::Lasso) {
        document_.beginEdit();
        document_.addShape(
            [&](QSize bounds, const SpanSink& sink) {
                if (finished == Drag::Rectangle)
                    fillRect(pixelRect(dragStart_, at), bounds, sink);
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
        view_.pan({turned * arrowStep, 0});
        view_.settle(document_.size(), size());
        viewMoved();
    } else {
        zoomTo(view_.zoom() * std::pow(wheelStep, turned), event->position());
    }
    event->accept();
}

void Canvas::keyPressEvent(QKeyEvent* event)
{
    QPointF by;
    switch (event->key()) {
    case Qt::Key_Space:
        spaceHeld_ = true;
        updateCursorShape();
        return update();
    case Qt::Key_Escape:
        if (drag_ == Drag::None)
            return QWidget::keyPressEvent(event);
        update(dragRect());
        if (std::exchange(drag_, Drag::None) == Drag::Stroke)
            document_.cancelEdit();
        return updateCursorShape();
    case Qt::Key_Left:
        by = {arrowStep, 0};
        break;
    case Qt::Key_Right:
        by = {-arrowStep, 0};
        break;
    case Qt::Key_Up:
        by = {0, arrowStep};
        break;
    case Qt::Key_Down:
        by = {0, -arrowStep};
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    fitted_ = false;
    view_.pan(by);
    view_.settle(document_.size(), size());
    viewMoved();
}

void Canvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat())
        return QWidget::keyReleaseEvent(event);
    spaceHeld_ = false;
    updateCursorShape();
    update();
}

void Canvas::focusOutEvent(QFocusEvent* event)
{
    spaceHeld_ = false;
    updateCursorShape();
    QWidget::focusOutEvent(event);
}

} // namespace lacuna::ui
