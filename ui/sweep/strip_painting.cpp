// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/strip_painting.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr double gap = 2, leastWidth = 24, mostWidth = 240;

/// How many are shown; the place of one more tells of the rest.
int shownOf(double width, int count)
{
    const int fitting = std::max(1, int((width + gap) / (leastWidth + gap)));
    return count <= fitting ? count : std::max(1, fitting - 1);
}

double widthOfOne(double width, int count)
{
    const int places = shownOf(width, count) + (shownOf(width, count) < count ? 1 : 0);
    return std::min(mostWidth, (width - gap * (places - 1)) / places);
}

void paintCropped(QPainter& painter, const QRectF& place, const QImage& picture)
{
    const QSizeF shown = QSizeF(picture.size()).scaled(place.size(), Qt::KeepAspectRatioByExpanding);
    painter.drawImage(QRectF(place.center() - QPointF(shown.width() / 2, shown.height() / 2), shown),
                      picture);
}

} // namespace

double stripHeight(double width, int count, QSize shape)
{
    return widthOfOne(width, std::max(1, count)) * shape.height() / shape.width();
}

void paintStrip(QPainter& painter, const QRectF& area, const std::vector<QImage>& pictures, int count,
                QSize shape)
{
    const int shown = shownOf(area.width(), count);
    QSizeF one(widthOfOne(area.width(), count), 0);
    one.setHeight(one.width() * shape.height() / shape.width());
    if (one.height() > area.height())
        one *= area.height() / one.height();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (int i = 0; i < shown; ++i) {
        const QRectF place(QPointF(area.x() + i * (one.width() + gap), area.y()), one);
        QPainterPath frame;
        frame.addRoundedRect(place, 4, 4);
        painter.fillPath(frame, theme().hover);
        if (std::size_t(i) >= pictures.size() || pictures[std::size_t(i)].isNull())
            continue;
        painter.save();
        painter.setClipPath(frame);
        paintCropped(painter, place, pictures[std::size_t(i)]);
        painter.restore();
    }
    if (shown < count) {
        painter.setPen(theme().textSoft);
        painter.setFont(textFont(TextRole::Small));
        painter.drawText(QRectF(QPointF(area.x() + shown * (one.width() + gap), area.y()), one),
                         Qt::AlignCenter, QStringLiteral("+%1").arg(count - shown));
    }
    painter.restore();
}

} // namespace lacuna::ui
