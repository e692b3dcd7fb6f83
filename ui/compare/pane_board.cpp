// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/pane_board.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/appearance/theme.h"
#include "ui/canvas/picture_painting.h"

namespace lacuna::ui {
namespace {

constexpr int gap = 2;
constexpr int listWidth = 232;
constexpr double wheelStep = 1.2; ///< zoom per notch
constexpr double arrowStep = 64;  ///< logical pixels per key press

/// How many columns show pictures of this shape largest.
int bestColumns(int count, QSize room, QSize picture)
{
    int best = 1;
    double largest = 0;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double scale = std::min(double(room.width()) / columns / std::max(1, picture.width()),
                                      double(room.height()) / rows / std::max(1, picture.height()));
        if (scale > largest * 1.001) {
            largest = scale;
            best = columns;
        }
    }
    return best;
}

} // namespace

Pane::Pane(PaneBoard& board) : QWidget(&board), board_(board)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
    setAccessibleDescription(
        tr("Arrow keys move all pictures, Ctrl with plus and minus change their size, Enter "
           "shows this one alone"));
    setToolTip(tr("Drag and wheel move all pictures; a double click shows this one alone"));
}

void Pane::setContent(const PaneContent& content, int number, int of)
{
    content_ = content;
    setAccessibleName(tr("%1, picture %2 of %3").arg(content.title).arg(number).arg(of));
    update();
}

void Pane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().canvas);
    if (board_.document().isOpen()) {
        paintLevels(painter, *board_.document().display(), {}, board_.view(), rect());
        if (content_.region && !board_.originalHeld())
            paintLevels(painter, *content_.region->display, content_.region->at, board_.view(), rect());
    }
    paintChip(painter, content_.title, {10, 10});
    if (content_.waiting)
        paintChip(painter, tr("being made"), QPointF(width() - 10, 10), true);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void Pane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        dragged_ = event->position();
        setCursor(Qt::ClosedHandCursor);
    }
}

void Pane::mouseMoveEvent(QMouseEvent* event)
{
    if (dragged_)
        board_.pan(event->position() - *std::exchange(dragged_, event->position()));
}

void Pane::mouseReleaseEvent(QMouseEvent*)
{
    dragged_.reset();
    setCursor(Qt::OpenHandCursor);
}

void Pane::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT opened(content_.candidate);
}

void Pane::wheelEvent(QWheelEvent* event)
{
    board_.zoomBy(std::pow(wheelStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void Pane::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return board_.pan({arrowStep, 0});
    case Qt::Key_Right:
        return board_.pan({-arrowStep, 0});
    case Qt::Key_Up:
        return board_.pan({0, arrowStep});
    case Qt::Key_Down:
        return board_.pan({0, -arrowStep});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened(content_.candidate);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

PaneBoard::PaneBoard(Document& document, QWidget* parent) : QWidget(parent), document_(document)
{
    setObjectName(QStringLiteral("pane-board"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Pictures side by side"));
    hide();
}

void PaneBoard::setPanes(const std::vector<PaneContent>& contents)
{
    const int count = std::min(most, int(contents.size()));
    const bool other = count != int(panes_.size());
    while (int(panes_.size()) > count) {
        panes_.back()->hide();
        panes_.back()->deleteLater();
        panes_.pop_back();
    }
    while (int(panes_.size()) < count) {
        auto* pane = new Pane(*this);
        connect(pane, &Pane::opened, this, &PaneBoard::opened);
        if (!panes_.empty())
            setTabOrder(panes_.back(), pane);
        pane->show();
        panes_.push_back(pane);
    }
    for (int i = 0; i < count; ++i)
        panes_[std::size_t(i)]->setContent(contents[std::size_t(i)], i + 1, count);
    if (other)
        place();
}

void PaneBoard::setList(QWidget* list)
{
    list_ = list;
    place();
}

void PaneBoard::place()
{
    const bool listed = list_ && !list_->isHidden();
    const QSize room(width() - (listed ? listWidth + gap : 0), height());
    if (listed)
        list_->setGeometry(room.width() + gap, 0, listWidth, height());
    if (panes_.empty())
        return;
    columns_ = bestColumns(count(), room, document_.size());
    const int rows = (count() + columns_ - 1) / columns_;
    paneSize_ = {(room.width() - gap * (columns_ - 1)) / columns_, (room.height() - gap * (rows - 1)) / rows};
    for (int i = 0; i < count(); ++i)
        panes_[std::size_t(i)]->setGeometry(
            {QPoint(i % columns_ * (paneSize_.width() + gap), i / columns_ * (paneSize_.height() + gap)),
             paneSize_});
    view_.setRatio(devicePixelRatioF());
    if (fitted_)
        view_.fit(document_.size(), paneSize_);
    else
        view_.settle(document_.size(), paneSize_);
    viewMoved();
}

void PaneBoard::viewMoved()
{
    for (Pane* pane : panes_)
        pane->update();
    Q_EMIT viewChanged();
}

void PaneBoard::zoomBy(double factor, QPointF anchor)
{
    fitted_ = false;
    view_.zoomAt(anchor, view_.zoom() * factor);
    view_.settle(document_.size(), paneSize_);
    viewMoved();
}

void PaneBoard::zoomBy(double factor)
{
    zoomBy(factor, QPointF(paneSize_.width() / 2.0, paneSize_.height() / 2.0));
}

void PaneBoard::zoomToFit()
{
    fitted_ = true;
    place();
}

void PaneBoard::pan(QPointF by)
{
    fitted_ = false;
    view_.pan(by);
    view_.settle(document_.size(), paneSize_);
    viewMoved();
}

void PaneBoard::setOriginalHeld(bool held)
{
    originalHeld_ = held;
    viewMoved();
}

void PaneBoard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().canvas);
    for (const Pane* pane : panes_) // lines between them
        painter.fillRect(pane->geometry().adjusted(-gap, -gap, gap, gap), theme().borderStrong);
}

} // namespace lacuna::ui
