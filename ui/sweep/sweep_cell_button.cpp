// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_cell_button.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"
#include "ui/sweep/strip_painting.h"

namespace lacuna::ui {
namespace {

constexpr int padding = 6, lineHeight = 18;

} // namespace

SweepCellButton::SweepCellButton(QWidget* parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::ClickFocus);
    setAttribute(Qt::WA_Hover);
}

int SweepCellButton::heightFor(int width, int members, QSize shape)
{
    return int(std::lround(stripHeight(width - 2.0 * padding, members, shape))) + 2 * padding + lineHeight;
}

void SweepCellButton::show(const SweepTable& table, int cell, QSize shape)
{
    table_ = &table;
    cell_ = cell;
    shape_ = shape;
    refresh();
}

void SweepCellButton::refresh()
{
    setAccessibleName(table_->spoken(cell_));
    setAccessibleDescription(
        tr("Arrow keys walk the cells; Enter puts the values of this one into the panel"));
    update();
}

bool SweepCellButton::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !table_)
        return QAbstractButton::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), table_->spoken(cell_), this);
    return true;
}

void SweepCellButton::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return Q_EMIT moved(-1, 0);
    case Qt::Key_Right:
        return Q_EMIT moved(1, 0);
    case Qt::Key_Up:
        return Q_EMIT moved(0, -1);
    case Qt::Key_Down:
        return Q_EMIT moved(0, 1);
    case Qt::Key_Home:
        return Q_EMIT moved(-table_->columns(), 0);
    case Qt::Key_End:
        return Q_EMIT moved(table_->columns(), 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return Q_EMIT entered();
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void SweepCellButton::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT entered();
}

void SweepCellButton::paintEvent(QPaintEvent*)
{
    if (!table_ || cell_ >= table_->count())
        return;
    const Theme& t = theme();
    const SweepEntry& entry = table_->entry(cell_);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ground = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setBrush(isChecked() ? t.accentSoft : t.surface);
    painter.setPen(isChecked() ? QPen(t.accent, 2) : QPen(underMouse() ? t.textSoft : t.border, 1));
    painter.drawRoundedRect(ground, 8, 8);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 1));
        painter.drawRoundedRect(ground.adjusted(3, 3, -3, -3), 5, 5);
    }
    const QRectF strip = QRectF(rect()).adjusted(padding, padding, -padding, -padding - lineHeight + 2);
    paintStrip(painter, strip, entry.strip, std::max(1, table_->job(cell_).recipe.count), shape_);

    const QRect line(padding + 2, height() - padding - lineHeight + 4, width() - 2 * padding - 4, lineHeight);
    painter.setFont(textFont(TextRole::Small));
    const auto say = [&](const QColor& colour, const QString& text) {
        painter.setPen(colour);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    switch (entry.state) {
    case SweepEntry::State::Waiting:
        return say(t.textSoft, tr("not run yet"));
    case SweepEntry::State::Failed:
        return say(t.problem, painter.fontMetrics().elidedText(entry.problem, Qt::ElideRight, line.width()));
    case SweepEntry::State::Running: {
        say(t.accent, tr("running"));
        const QRectF track = QStyle::visualRect(
            layoutDirection(), rect(), QRect(line.x() + 54, line.center().y(), line.width() - 54, 4));
        const double length = track.width() * entry.share;
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.pressed);
        painter.drawRoundedRect(track, 2, 2);
        painter.setBrush(t.accent);
        painter.drawRoundedRect(
            QRectF(isRightToLeft() ? track.right() - length : track.left(), track.top(), length, 4), 2, 2);
        return;
    }
    case SweepEntry::State::Done:
        break;
    }
    if (table_->breaksKnown(cell_))
        return say(t.problem, tr("known pixels changed: %1 dB").arg(QString::number(entry.knownDb, 'f', 1)));
    say(t.text, figureText(table_->figure(cell_, 0)));
    const std::vector<int>& best = table_->best();
    if (std::find(best.begin(), best.end(), cell_) == best.end())
        return;
    const QPointF c(isRightToLeft() ? line.left() + 4 : line.right() - 4, line.center().y() + 0.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    painter.drawPolygon(
        QPolygonF{c + QPointF(0, -4), c + QPointF(4, 0), c + QPointF(0, 4), c + QPointF(-4, 0)});
}

} // namespace lacuna::ui
