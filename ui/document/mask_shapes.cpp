// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/mask_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace lacuna::ui {
namespace {

/// A closed interval of x; empty when low > high.
struct Interval {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void include(const Interval& other)
    {
        if (other.low > other.high)
            return;
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
};

Interval discRow(QPointF centre, double radius, double y)
{
    const double rest = radius * radius - (y - centre.y()) * (y - centre.y());
    if (rest < 0)
        return {};
    const double half = std::sqrt(rest);
    return {centre.x() - half, centre.x() + half};
}

/// Solves low <= factor * x + offset <= high for x.
Interval solve(double factor, double offset, double low, double high)
{
    constexpr double all = std::numeric_limits<double>::infinity();
    if (factor == 0)
        return offset >= low && offset <= high ? Interval{-all, all} : Interval{};
    const double a = (low - offset) / factor;
    const double b = (high - offset) / factor;
    return {std::min(a, b), std::max(a, b)};
}

/// The rectangle between the two end discs.
Interval bandRow(QPointF a, QPointF b, double radius, double y)
{
    const QPointF d = b - a;
    const double length2 = QPointF::dotProduct(d, d);
    if (length2 == 0)
        return {};
    const double reach = radius * std::sqrt(length2);
    const double above = y - a.y();
    const Interval along = solve(d.x(), above * d.y() - a.x() * d.x(), 0, length2);
    const Interval across = solve(d.y(), -above * d.x() - a.x() * d.y(), -reach, reach);
    return {std::max(along.low, across.low), std::min(along.high, across.high)};
}

/// First pixel whose centre is not left of x.
int firstCentre(double x, int limit)
{
    return int(std::clamp(std::ceil(x - 0.5), 0.0, double(limit)));
}

} // namespace

void sweepDisc(QPointF a, QPointF b, double radius, QSize bounds, const SpanSink& sink)
{
    const int top = firstCentre(std::min(a.y(), b.y()) - radius, bounds.height());
    const int bottom =
        int(std::clamp(std::floor(std::max(a.y(), b.y()) + radius - 0.5) + 1, 0.0, double(bounds.height())));
    for (int row = top; row < bottom; ++row) {
        const double y = row + 0.5;
        Interval covered = discRow(a, radius, y);
        covered.include(discRow(b, radius, y));
        covered.include(bandRow(a, b, radius, y));
        if (covered.low > covered.high)
            continue;
        const int first = firstCentre(covered.low, bounds.width());
        const int past = int(std::clamp(std::floor(covered.high - 0.5) + 1, 0.0, double(bounds.width())));
        if (first < past)
            sink(row, first, past);
    }
}

QRect pixelRect(QPointF a, QPointF b)
{
    const QPoint p(int(std::floor(a.x())), int(std::floor(a.y())));
    const QPoint q(int(std::floor(b.x())), int(std::floor(b.y())));
    return {QPoint(std::min(p.x(), q.x()), std::min(p.y(), q.y())),
            QPoint(std::max(p.x(), q.x()), std::max(p.y(), q.y()))};
}

void fillRect(QRect rect, QSize bounds, const SpanSink& sink)
{
    const QRect inside = rect.intersected(QRect(QPoint(0, 0), bounds));
    for (int y = inside.top(); y <= inside.bottom(); ++y)
        sink(y, inside.left(), inside.right() + 1);
}

void fillEllipse(const QRectF& rect, QSize bounds, const SpanSink& sink)
{
    const double a = rect.width() / 2, b = rect.height() / 2;
    const QPointF centre = rect.center();
    if (a <= 0 || b <= 0)
        return;
    const int bottom = firstCentre(rect.bottom(), bounds.height());
    for (int row = firstCentre(rect.top(), bounds.height()); row < bottom; ++row) {
        const double v = (row + 0.5 - centre.y()) / b;
        const double half = a * std::sqrt(std::max(0.0, 1 - v * v));
        const int first = firstCentre(centre.x() - half, bounds.width());
        const int past =
            int(std::clamp(std::floor(centre.x() + half - 0.5) + 1, 0.0, double(bounds.width())));
        if (first < past)
            sink(row, first, past);
    }
}

void fillPolygon(const QPolygonF& polygon, QSize bounds, const SpanSink& sink)
{
    struct Crossing {
        double x;
        int winding;
    };
    const QRectF box = polygon.boundingRect();
    const int top = firstCentre(box.top(), bounds.height());
    const int bottom = firstCentre(box.bottom(), bounds.height());
    std::vector<Crossing> crossings;
    for (int row = top; row < bottom; ++row) {
        const double y = row + 0.5;
        crossings.clear();
        for (qsizetype i = 0; i < polygon.size(); ++i) {
            const QPointF a = polygon[i];
            const QPointF b = polygon[(i + 1) % polygon.size()];
            if ((a.y() <= y) == (b.y() <= y))
                continue;
            crossings.push_back(
                {a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()), a.y() <= y ? 1 : -1});
        }
        std::sort(crossings.begin(), crossings.end(),
                  [](const Crossing& left, const Crossing& right) { return left.x < right.x; });
        int winding = 0;
        for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
            winding += crossings[i].winding;
            if (winding == 0)
                continue;
            const int first = firstCentre(crossings[i].x, bounds.width());
            const int past = firstCentre(crossings[i + 1].x, bounds.width());
            if (first < past)
                sink(row, first, past);
        }
    }
}

} // namespace lacuna::ui
