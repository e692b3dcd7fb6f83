// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/pareto_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr int titleHeight = 22, below = 18, inset = 10;
constexpr double reach = 14; ///< of the mouse

struct Range {
    double low = INFINITY, high = -INFINITY;
    void take(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Range rangeOf(const SweepTable& table, int measure)
{
    Range range;
    for (int cell = 0; cell < table.count(); ++cell)
        if (const double value = table.figure(cell, measure); std::isfinite(value))
            range.take(value);
    return range;
}

} // namespace

ParetoPlot::ParetoPlot(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Quality over diversity"));
    setAccessibleDescription(
        tr("Left and right walk the Pareto line: cells that no other cell beats in both"));
}

void ParetoPlot::show(const SweepTable& table)
{
    table_ = &table;
    update();
}

void ParetoPlot::select(int cell)
{
    selected_ = cell;
    update();
}

bool ParetoPlot::isShown(int cell) const
{
    return std::isfinite(table_->figure(cell, 0)) && std::isfinite(table_->figure(cell, 1));
}

QRectF ParetoPlot::plane() const
{
    return QRectF(rect()).adjusted(0, titleHeight, -1, -below);
}

QPointF ParetoPlot::placeOf(int cell) const
{
    const QRectF field = plane().adjusted(inset, inset, -inset, -inset);
    const double across = rangeOf(*table_, 0).share(table_->figure(cell, 0));
    const double up = 1 - rangeOf(*table_, 1).share(table_->figure(cell, 1)); // less seam is better
    return {field.left() + across * field.width(), field.bottom() - up * field.height()};
}

void ParetoPlot::paintEvent(QPaintEvent*)
{
    if (!table_ || table_->empty())
        return;
    const Theme& t = theme();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axes
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.text);
    painter.setFont(textFont(TextRole::Body));
    painter.drawText(QRect(0, 0, width(), titleHeight - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Quality over diversity"));
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.surface);
    painter.drawRoundedRect(plane().adjusted(0.5, 0.5, -0.5, -0.5), controlRadius, controlRadius);
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    const QRectF under(0, height() - below, width(), below);
    painter.drawText(under, Qt::AlignLeft | Qt::AlignVCenter, tr("less diverse"));
    painter.drawText(under, Qt::AlignRight | Qt::AlignVCenter, tr("more diverse"));

    QPolygonF line;
    for (const int cell : table_->best())
        line << placeOf(cell);
    painter.setPen(QPen(t.accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    const std::vector<int>& best = table_->best();
    bool any = false;
    for (int cell = 0; cell < table_->count(); ++cell) {
        if (!isShown(cell))
            continue;
        any = true;
        const bool on = std::find(best.begin(), best.end(), cell) != best.end();
        painter.setPen(QPen(t.surface, 1.5));
        painter.setBrush(on ? t.accent : t.textSoft);
        painter.drawEllipse(placeOf(cell), on ? 5 : 4, on ? 5 : 4);
    }
    if (!any) {
        painter.setPen(t.textSoft);
        painter.drawText(plane(), Qt::AlignCenter, tr("A dot for every cell that is done"));
    }
    if (selected_ >= 0 && selected_ < table_->count() && isShown(selected_)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(hasFocus() ? t.accent : t.text, 1.8));
        painter.drawEllipse(placeOf(selected_), 8, 8);
    }
}

void ParetoPlot::mousePressEvent(QMouseEvent* event)
{
    double least = reach * reach;
    int nearest = -1;
    for (int cell = 0; table_ && cell < table_->count(); ++cell) {
        if (!isShown(cell))
            continue;
        const QPointF away = placeOf(cell) - event->position();
        if (const double squared = QPointF::dotProduct(away, away); squared < least) {
            least = squared;
            nearest = cell;
        }
    }
    if (nearest >= 0)
        Q_EMIT selected(nearest);
}

void ParetoPlot::keyPressEvent(QKeyEvent* event)
{
    const int step = (event->key() == Qt::Key_Right) - (event->key() == Qt::Key_Left);
    if (!table_ || table_->best().empty() || step == 0)
        return QWidget::keyPressEvent(event);
    const std::vector<int>& best = table_->best();
    const auto here = std::find(best.begin(), best.end(), selected_);
    const auto at = here == best.end() ? (step > 0 ? -1 : int(best.size())) : int(here - best.begin());
    Q_EMIT selected(best[std::size_t(std::clamp(at + step, 0, int(best.size()) - 1))]);
}

} // namespace lacuna::ui
