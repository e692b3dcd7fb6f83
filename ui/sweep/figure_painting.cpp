// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/figure_painting.h"

#include <QPainter>

#include <cmath>

#include "ui/document/pyramid.h"

namespace lacuna::ui {
namespace {

QColor colourOf(Drawing::Colour colour)
{
    return QColor::fromRgb(QRgb(colour));
}

struct Brush {
    QPainter& painter;

    void operator()(const Drawing::Box& s) const
    {
        painter.fillRect(QRectF(s.x, s.y, s.width, s.height), colourOf(s.fill));
    }
    void operator()(const Drawing::Line& s) const
    {
        painter.setPen(QPen(colourOf(s.colour), s.thickness, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(s.x0, s.y0), QPointF(s.x1, s.y1));
    }
    void operator()(const Drawing::Dot& s) const
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colourOf(s.colour));
        painter.drawEllipse(QPointF(s.x, s.y), s.radius, s.radius);
    }
    void operator()(const Drawing::Text& s) const
    {
        QFont font = painter.font();
        font.setPixelSize(int(std::lround(s.size)));
        painter.setFont(font);
        painter.setPen(colourOf(s.colour));
        const QString words = QString::fromStdString(s.words);
        const double width = QFontMetricsF(font).horizontalAdvance(words);
        const double shift = s.anchor == Drawing::Anchor::Start    ? 0
                             : s.anchor == Drawing::Anchor::Middle ? width / 2
                                                                   : width;
        painter.drawText(QPointF(s.x - shift, s.y), words);
    }
    void operator()(const Drawing::Image& s) const { painter.drawImage(QPointF(s.x, s.y), asImage(s.rgb8)); }
};

} // namespace

QImage paintFigure(const Drawing& drawing, int scale)
{
    QImage image(drawing.width() * scale, drawing.height() * scale, QImage::Format_RGB32);
    image.fill(colourOf(Drawing::paper));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.scale(scale, scale);
    for (const Drawing::Shape& shape : drawing.shapes())
        std::visit(Brush{painter}, shape);
    return image;
}

} // namespace lacuna::ui
