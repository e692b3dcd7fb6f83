// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/distance_graph.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr std::size_t mostPoints = 600; ///< of a line; a screen shows fewer
constexpr double room = 1.2;            ///< above the highest line
constexpr int dotRadius = 3;

QString levels(double gray)
{
    return figure(gray, gray < 10 ? 1 : 0);
}

} // namespace

DistanceGraph::DistanceGraph(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("distance-graph"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Distance of every completion to its nearest mate"));
    clear();
}

void DistanceGraph::clear()
{
    lines_.clear();
    evaluation_ = 0;
    running_ = false;
    hide();
    tell();
}

void DistanceGraph::add(const Distances& distances)
{
    if (distances.members.size() < 2)
        return; // nobody has a mate
    if (distances.evaluation <= evaluation_ || !running_)
        lines_.clear();
    running_ = true;
    evaluation_ = distances.evaluation;
    evaluations_ = std::max(distances.evaluations, evaluation_);
    bound_ = distances.bound_gray;
    for (const MemberDistance& one : distances.members)
        lines_[one.member].push_back({evaluation_, one.nearest_gray, one.pushed});
    thin();
    tell();
    show();
}

void DistanceGraph::end()
{
    running_ = false;
    tell();
}

/// Every second point is as good, and a long run remains cheap to draw.
void DistanceGraph::thin()
{
    if (lines_.begin()->second.size() < mostPoints)
        return;
    for (auto& [member, line] : lines_) {
        Line half;
        for (std::size_t i = 1; i < line.size(); i += 2)
            half.push_back(line[i]);
        line = std::move(half);
    }
}

int DistanceGraph::pushed() const
{
    return int(std::count_if(lines_.begin(), lines_.end(), [this](const auto& entry) {
        const Point& last = entry.second.back();
        return running_ && last.pushed && last.evaluation == evaluation_;
    }));
}

void DistanceGraph::tell()
{
    if (isEmpty()) {
        caption_.clear();
        return;
    }
    caption_ = running_ ? tr("%1 of %2 pushed now").arg(pushed()).arg(lines_.size()) : tr("at the end");
    QStringList text;
    text << tr("After %1 of %2 evaluations of each completion.").arg(evaluation_).arg(evaluations_);
    text << (std::isfinite(bound_) ? tr("The bound is %1 grey levels.").arg(levels(bound_))
                                   : tr("There is no bound."));
    for (const auto& [member, line] : lines_) {
        const Point& last = line.back();
        const bool now = running_ && last.pushed && last.evaluation == evaluation_;
        text << (now ? tr("Completion %1: %2, pushed now.") : tr("Completion %1: %2."))
                    .arg(member + 1)
                    .arg(levels(last.gray));
    }
    setAccessibleDescription(text.join(u' '));
    setToolTip(text.join(u'\n'));
    update();
}

QRectF DistanceGraph::plot() const
{
    const QFontMetrics metrics(textFont(TextRole::Small));
    const int left = metrics.horizontalAdvance(QStringLiteral("255")) + grid;
    const int top = metrics.height() + grid;
    return QRectF(left, top, width() - left - dotRadius - 1, height() - top - metrics.height() / 2 - 2);
}

double DistanceGraph::largest() const
{
    double most = std::isfinite(bound_) ? bound_ : 1;
    for (const auto& [member, line] : lines_)
        for (const Point& point : line)
            most = std::max(most, point.gray);
    return most * room;
}

QPointF DistanceGraph::place(const Point& point) const
{
    const QRectF area = plot();
    return {area.left() + area.width() * point.evaluation / evaluations_,
            area.bottom() - area.height() * point.gray / largest()};
}

void DistanceGraph::paintScale(QPainter& painter) const
{
    const Theme& t = theme();
    const QRectF area = plot();
    painter.setPen(QPen(t.border, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.drawLine(area.topLeft(), area.topRight());
    const int line = painter.fontMetrics().height();
    const auto number = [&](double y, const QString& text, const QColor& colour) {
        painter.setPen(colour);
        painter.drawText(QRectF(0, y - line / 2.0, area.left() - grid / 2.0, line),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    number(area.bottom(), QStringLiteral("0"), t.textSoft);
    const double top = largest();
    const double bound = std::isfinite(bound_) ? area.bottom() - area.height() * bound_ / top : -1;
    if (bound < 0 || bound - area.top() > line)
        number(area.top(), levels(top), t.textSoft);
    if (bound < 0)
        return;
    number(bound, levels(bound_), t.text);
    painter.setPen(QPen(t.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), bound), QPointF(area.right(), bound));
}

void DistanceGraph::paintLine(QPainter& painter, const Line& line) const
{
    const Theme& t = theme();
    for (std::size_t i = 1; i < line.size(); ++i) {
        painter.setPen(QPen(line[i].pushed ? t.accent : t.textSoft, 1.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(place(line[i - 1]), place(line[i]));
    }
    const Point& last = line.back();
    if (!running_ || !last.pushed || last.evaluation != evaluation_)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    painter.drawEllipse(place(last), dotRadius, dotRadius);
}

void DistanceGraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axes
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(theme().textSoft);
    const QRect heading(0, 0, width(), painter.fontMetrics().height());
    const int taken = painter.fontMetrics().horizontalAdvance(caption_) + grid;
    painter.drawText(heading, Qt::AlignRight | Qt::AlignVCenter, caption_);
    painter.drawText(
        heading.adjusted(0, 0, -taken, 0), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(tr("Distance to nearest mate"), Qt::ElideRight, width() - taken));
    if (isEmpty())
        return;
    paintScale(painter);
    for (const auto& [member, line] : lines_)
        paintLine(painter, line);
}

} // namespace lacuna::ui
