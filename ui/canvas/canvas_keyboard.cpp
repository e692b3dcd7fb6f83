// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do on the canvas, and the cursor that stands for the mouse.
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/canvas/canvas.h"

namespace lacuna::ui {
namespace {

constexpr double arrowStep = 64; ///< logical pixels per key press
constexpr int keptInView = 32;   ///< logical pixels between the cursor and the border
constexpr int crossReach = 14;   ///< logical pixels
constexpr int longStep = 10;     ///< source pixels, with Shift

/// Where an arrow key points to; null for other keys.
QPoint direction(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

bool isEnter(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

void Canvas::setKeyboardCursor(bool on)
{
    if (on == keyCursor_.has_value() || !document_.isOpen())
        return;
    if (on) {
        const QPointF middle = view_.toPicture(QRectF(rect()).center());
        keyCursor_ = QPoint(int(std::floor(middle.x())), int(std::floor(middle.y())));
        setFocus(Qt::OtherFocusReason);
        moveKeyCursor({});
    } else {
        keyCursor_.reset();
        say(tr("Keyboard cursor off"));
    }
    update();
    Q_EMIT keyboardCursorChanged(on);
}

void Canvas::say(const QString& text)
{
    setAccessibleDescription(text); // tells assistive programs that it changed
    Q_EMIT spoken(text);
}

QPointF Canvas::keyCursorCentre() const
{
    return view_.toWidget(QPointF(*keyCursor_) + QPointF(0.5, 0.5));
}

void Canvas::moveKeyCursor(QPoint by)
{
    const QRect picture(QPoint(0, 0), document_.size());
    update(keyCursorRect());
    keyCursor_ = QPoint(std::clamp(keyCursor_->x() + by.x(), picture.left(), picture.right()),
                        std::clamp(keyCursor_->y() + by.y(), picture.top(), picture.bottom()));
    const QRectF room = QRectF(rect()).adjusted(keptInView, keptInView, -keptInView, -keptInView);
    const QPointF at = keyCursorCentre();
    const QPointF inside(std::clamp(at.x(), room.left(), std::max(room.left(), room.right())),
                         std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom())));
    if (inside != at) {
        fitted_ = false;
        view_.pan(inside - at);
        viewMoved();
    }
    continueDrag(keyCursorCentre(), Qt::NoModifier);
    moveCursorTo(keyCursorCentre());
    update(keyCursorRect());
    say(keyCursorText());
}

QString Canvas::keyCursorText() const
{
    const QString here = tr("x %1, y %2").arg(keyCursor_->x()).arg(keyCursor_->y());
    if (drag_ == Drag::Rectangle || drag_ == Drag::Ellipse) {
        const QRect box = pixelRect(dragStart_, dragLast_);
        return (drag_ == Drag::Rectangle ? tr("%1, rectangle of %2 × %3 pixels")
                                         : tr("%1, ellipse of %2 × %3 pixels"))
            .arg(here)
            .arg(box.width())
            .arg(box.height());
    }
    if (drag_ == Drag::Stroke)
        return (dragMakesHole_ ? tr("%1, painting") : tr("%1, erasing")).arg(here);
    if (!polygon_.isEmpty())
        return tr("%1, polygon of %2 corners").arg(here).arg(polygon_.size());
    return here;
}

/// Starts a shape at the cursor, or ends the one that is begun.
void Canvas::pressKeyCursor(bool hole)
{
    if (drag_ != Drag::None) {
        finishDrag(keyCursorCentre(), Qt::NoModifier);
        return say(tr("%1, done; the hole has %2 pixels").arg(keyCursorText()).arg(document_.holePixels()));
    }
    if (tool_ == Tool::Pan)
        return;
    press(keyCursorCentre(), hole ? Qt::LeftButton : Qt::RightButton, Qt::NoModifier);
    say(keyCursorText());
}

bool Canvas::polygonKey(int key)
{
    if (polygon_.isEmpty())
        return false;
    if (key == Qt::Key_Escape)
        dropPolygon();
    else if (key == Qt::Key_Backspace)
        removeCorner();
    else if (isEnter(key))
        closePolygon();
    else
        return false;
    return true;
}

bool Canvas::cursorKey(QKeyEvent* event)
{
    if (!keyCursor_)
        return false;
    const QPoint by = direction(event->key());
    if (!by.isNull()) {
        moveKeyCursor(by * (event->modifiers() & Qt::ShiftModifier ? longStep : 1));
        return true;
    }
    const bool hole = event->key() == Qt::Key_Space || isEnter(event->key());
    if (!hole && event->key() != Qt::Key_Delete)
        return false;
    if (!event->isAutoRepeat())
        pressKeyCursor(hole);
    return true;
}

/// Keys that shortcuts of the window would take, while the canvas needs them.
bool Canvas::wantsKey(const QKeyEvent& event) const
{
    const int key = event.key();
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return false;
    if (key == Qt::Key_Escape)
        return drag_ != Drag::None || !polygon_.isEmpty();
    if (!polygon_.isEmpty() && (key == Qt::Key_Backspace || isEnter(key)))
        return true;
    return keyCursor_
           && (isEnter(key) || key == Qt::Key_Space || key == Qt::Key_Delete || !direction(key).isNull());
}

void Canvas::keyPressEvent(QKeyEvent* event)
{
    const bool moves = event->modifiers() & Qt::ControlModifier && !direction(event->key()).isNull();
    if (moves) {
        Q_EMIT holeMoved(direction(event->key()) * (event->modifiers() & Qt::ShiftModifier ? longStep : 1));
        return;
    }
    if (polygonKey(event->key()) || cursorKey(event))
        return;
    if (event->key() == Qt::Key_Space) {
        spaceHeld_ = true;
        updateCursorShape();
        return update();
    }
    if (event->key() == Qt::Key_Escape && drag_ != Drag::None) {
        update(dragRect());
        if (std::exchange(drag_, Drag::None) == Drag::Stroke)
            document_.cancelEdit();
        if (keyCursor_)
            say(tr("%1, dropped").arg(keyCursorText()));
        return updateCursorShape();
    }
    const QPoint by = direction(event->key());
    if (by.isNull())
        return QWidget::keyPressEvent(event);
    fitted_ = false;
    view_.pan(-QPointF(by) * arrowStep);
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

QRect Canvas::keyCursorRect() const
{
    const int reach = crossReach + 3;
    return QRectF(keyCursorCentre() - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)).toAlignedRect();
}

/// A cross with an open middle, light on dark.
void Canvas::paintKeyCursor(QPainter& painter) const
{
    if (!keyCursor_)
        return;
    constexpr int open = 4;
    const QPointF at = keyCursorCentre();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const QPen& pen : {QPen(QColor(0, 0, 0, 190), 4, Qt::SolidLine, Qt::RoundCap),
                            QPen(Qt::white, 2, Qt::SolidLine, Qt::RoundCap)}) {
        painter.setPen(pen);
        for (const QPointF& way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(at + way * open, at + way * crossReach);
    }
}

} // namespace lacuna::ui
