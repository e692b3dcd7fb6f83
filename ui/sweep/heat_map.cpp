// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/heat_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "engine/figures/drawing.h"
#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr int titleHeight = 22, titlesBelow = 18, leftTitles = 44;
constexpr int mostBox = 34, leastBox = 14;
constexpr double gap = 2;

} // namespace

HeatMap::HeatMap(int measure, QWidget* parent) : QWidget(parent), measure_(measure)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(measure == 0 ? tr("Heat map of diversity") : tr("Heat map of quality"));
    setAccessibleDescription(tr("Arrow keys walk the cells"));
}

QSize HeatMap::sizeHint() const
{
    return {280, titleHeight + titlesBelow + (table_ ? table_->rows() : 0) * mostBox};
}

QSize HeatMap::minimumSizeHint() const
{
    return {200, titleHeight + titlesBelow + std::min(8, table_ ? table_->rows() : 0) * leastBox};
}

void HeatMap::show(const SweepTable& table)
{
    table_ = &table;
    updateGeometry();
    update();
}

void HeatMap::select(int cell)
{
    selected_ = cell;
    update();
}

QRectF HeatMap::boxOf(int cell) const
{
    const double wide = double(width() - leftTitles) / table_->columns();
    const double high =
        std::min(double(mostBox), double(height() - titleHeight - titlesBelow) / table_->rows());
    return QRectF(leftTitles + table_->columnOf(cell) * wide, titleHeight + table_->rowOf(cell) * high, wide,
                  high)
        .adjusted(0, 0, -gap, -gap);
}

void HeatMap::paintEvent(QPaintEvent*)
{
    if (!table_ || table_->empty())
        return;
    const Theme& t = theme();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axes
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextRole::Body));
    painter.setPen(t.text);
    const SweepMeasure& measure = table_->measures()[std::size_t(measure_)];
    const bool plain = measure.name == "diversity" || measure.name == "seam"; // as always
    const QString name = QString::fromStdString(measure.name);
    const QString title = measure_ == 0 ? (plain ? tr("Diversity") : tr("Diversity: %1").arg(name))
                          : plain       ? tr("Quality: seam")
                                        : tr("Quality: %1").arg(name);
    painter.drawText(QRect(0, 0, width(), titleHeight - 4), Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    painter.drawText(QRect(0, 0, width() - int(gap), titleHeight - 4), Qt::AlignRight | Qt::AlignVCenter,
                     measure_ == 0 ? (plain ? tr("grey levels, more is better") : tr("more is better"))
                     : plain       ? tr("1 shows none, less is better")
                                   : tr("less is better"));

    double low = INFINITY, high = -INFINITY;
    for (int cell = 0; cell < table_->count(); ++cell)
        if (const double value = table_->figure(cell, measure_); std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    for (int cell = 0; cell < table_->count(); ++cell) {
        const QRectF box = boxOf(cell);
        const double value = table_->figure(cell, measure_);
        const double share = high > low ? (value - low) / (high - low) : 0.5;
        painter.setPen(Qt::NoPen);
        painter.setBrush(std::isfinite(value) ? QColor::fromRgb(QRgb(heat_colour(share))) : t.hover);
        painter.drawRoundedRect(box, 3, 3);
        if (const QString text = figureText(value);
            std::isfinite(value) && painter.fontMetrics().horizontalAdvance(text) + 4 < box.width()
            && box.height() > 13) {
            painter.setPen(share > 0.55 ? QColor(0xf6f5f2) : QColor(0x2b2a28));
            painter.drawText(box, Qt::AlignCenter, text);
        }
        if (cell == selected_) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(t.accent, 3));
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        }
    }
    painter.setPen(t.textSoft);
    for (int row = 0; row < table_->rows(); ++row) {
        const QRectF box = boxOf(table_->cell(row, 0));
        painter.drawText(
            QRectF(0, box.y(), leftTitles - 6, box.height()), Qt::AlignRight | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(table_->valueShort(0, row), Qt::ElideRight, leftTitles - 6));
    }
    for (int column = 0; column < table_->columns(); ++column) {
        const QRectF box = boxOf(table_->cell(table_->rows() - 1, column));
        painter.drawText(QRectF(box.x(), box.bottom() + 1, box.width(), titlesBelow - 2), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(table_->valueShort(1, column), Qt::ElideRight,
                                                          int(box.width())));
    }
}

void HeatMap::pick(QPointF point)
{
    for (int cell = 0; table_ && cell < table_->count(); ++cell)
        if (boxOf(cell).adjusted(0, 0, gap, gap).contains(point) && cell != selected_)
            Q_EMIT selected(cell);
}

void HeatMap::mousePressEvent(QMouseEvent* event)
{
    pick(event->position());
}

void HeatMap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        pick(event->position());
}

void HeatMap::keyPressEvent(QKeyEvent* event)
{
    const int across = (event->key() == Qt::Key_Right) - (event->key() == Qt::Key_Left);
    const int down = (event->key() == Qt::Key_Down) - (event->key() == Qt::Key_Up);
    if (!table_ || table_->empty() || selected_ < 0 || (across == 0 && down == 0))
        return QWidget::keyPressEvent(event);
    const int row = std::clamp(table_->rowOf(selected_) + down, 0, table_->rows() - 1);
    const int column = std::clamp(table_->columnOf(selected_) + across, 0, table_->columns() - 1);
    Q_EMIT selected(table_->cell(row, column));
}

} // namespace lacuna::ui
