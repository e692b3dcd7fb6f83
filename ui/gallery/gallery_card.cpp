// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_card.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <numbers>

#include "ui/appearance/theme.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr int padding = 8;
constexpr int lineHeight = 18;
constexpr double mostCropped = 0.5; ///< more than this share of a picture is never cut off
constexpr double markSize = 24;
constexpr double rejectedOpacity = 0.35;
constexpr QColor markGround{20, 20, 24, 165};
constexpr QColor starColour{0xff, 0xc8, 0x3d};

QPainterPath starPath(QPointF centre, double radius)
{
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double angle = (i * 36 - 90) * std::numbers::pi / 180;
        const double r = i % 2 ? radius * 0.44 : radius;
        const QPointF point = centre + QPointF(std::cos(angle), std::sin(angle)) * r;
        i ? path.lineTo(point) : path.moveTo(point);
    }
    path.closeSubpath();
    return path;
}

} // namespace

GalleryCard::GalleryCard(QWidget* parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setContent({});
}

QSize GalleryCard::sizeHint() const
{
    return {pictureSize.width() + 2 * padding, pictureSize.height() + 2 * padding + 2 * lineHeight + 4};
}

void GalleryCard::setOpacity(double opacity)
{
    opacity_ = opacity;
    update();
}

QString GalleryCard::stateText() const
{
    if (!content_.problem.isEmpty())
        return tr("failed");
    if (content_.waiting)
        return tr("waiting");
    if (content_.pushed)
        return tr("pushed now");
    if (content_.unfinished)
        return tr("stopped early");
    return content_.rare ? tr("rare") : QString();
}

QString GalleryCard::distanceText() const
{
    if (!content_.problem.isEmpty() || content_.waiting)
        return {};
    return content_.nearestGray > 0 ? tr("nearest mate %1 grey").arg(figure(content_.nearestGray, 1))
                                    : tr("no mate");
}

QString GalleryCard::spokenName() const
{
    QStringList spoken;
    if (content_.standsFor > 0)
        spoken << tr("Candidate %1").arg(content_.number)
               << tr("stands for %1 of %2").arg(content_.standsFor).arg(content_.of);
    else
        spoken << tr("Completion %1 of %2").arg(content_.number).arg(content_.of);
    if (content_.nearestGray > 0)
        spoken << tr("%1 grey levels from its nearest mate").arg(figure(content_.nearestGray, 1));
    if (!stateText().isEmpty())
        spoken << stateText();
    if (content_.starred)
        spoken << tr("starred");
    if (content_.rejected)
        spoken << tr("rejected");
    return spoken.join(QStringLiteral(", "));
}

void GalleryCard::setContent(const CardContent& content)
{
    content_ = content;
    QStringList hints;
    if (!content.problem.isEmpty())
        hints << content.problem;
    else if (!content.waiting)
        hints << (opens() ? tr("Enter opens its branch; S stars it, X rejects it")
                          : tr("S stars it, X rejects it"));
    if (!content.origin.isEmpty())
        hints << content.origin;
    setAccessibleName(spokenName());
    setAccessibleDescription(hints.join(QStringLiteral(". ")));
    setToolTip(content.problem.isEmpty() ? spokenName() + u'\n' + hints.join(u'\n') : content.problem);
    setEnabled(content.problem.isEmpty() && !content.waiting);
    update();
}

QRectF GalleryCard::pictureArea() const
{
    return {padding, padding, width() - 2.0 * padding, height() - 2.0 * padding - 2 * lineHeight - 4};
}

QRect GalleryCard::line(int number) const
{
    return {padding + 2, int(pictureArea().bottom()) + 4 + number * lineHeight, width() - 2 * padding - 4,
            lineHeight};
}

QRect GalleryCard::mirrored(const QRect& place) const
{
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

QRectF GalleryCard::spotArea(Spot spot) const
{
    const QRectF picture = pictureArea();
    switch (spot) {
    case Spot::Star:
        return {picture.right() - markSize - 4, picture.top() + 4, markSize, markSize};
    case Spot::Cross:
        return {picture.left() + 4, picture.top() + 4, markSize, markSize};
    case Spot::Branch:
        return opens() ? QRectF(line(1)).adjusted(-2, -1, 2, 1) : QRectF();
    case Spot::Card:
        break;
    }
    return QRectF(rect());
}

GalleryCard::Spot GalleryCard::spotAt(QPointF point) const
{
    for (const Spot spot : {Spot::Star, Spot::Cross, Spot::Branch})
        if (isEnabled() && spotArea(spot).contains(point))
            return spot;
    return Spot::Card;
}

void GalleryCard::mouseMoveEvent(QMouseEvent* event)
{
    if (const Spot spot = spotAt(event->position()); spot != pointed_) {
        pointed_ = spot;
        setCursor(spot == Spot::Card ? Qt::ArrowCursor : Qt::PointingHandCursor);
        update();
    }
    QAbstractButton::mouseMoveEvent(event);
}

void GalleryCard::mousePressEvent(QMouseEvent* event)
{
    const Spot spot = event->button() == Qt::LeftButton ? spotAt(event->position()) : Spot::Card;
    if (spot == Spot::Star)
        Q_EMIT starPressed();
    else if (spot == Spot::Cross)
        Q_EMIT crossPressed();
    else if (spot == Spot::Branch)
        Q_EMIT opened();
    else
        QAbstractButton::mousePressEvent(event);
}

void GalleryCard::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (spotAt(event->position()) == Spot::Card && opens() && event->button() == Qt::LeftButton)
        Q_EMIT opened();
    else
        mousePressEvent(event);
}

void GalleryCard::paintPicture(QPainter& painter, const QRectF& area) const
{
    QPainterPath frame;
    frame.addRoundedRect(area, 6, 6);
    painter.fillPath(frame, theme().hover);
    if (content_.picture.isNull()) {
        painter.setPen(theme().textSoft);
        painter.setFont(textFont(TextRole::Small));
        const QString text = content_.problem.isEmpty() ? QString() : tr("not a picture");
        painter.drawText(area, Qt::AlignCenter, text);
        return;
    }
    const QSizeF size = content_.picture.size();
    QSizeF shown = size.scaled(area.size(), Qt::KeepAspectRatioByExpanding);
    if (1 - area.width() * area.height() / (shown.width() * shown.height()) > mostCropped)
        shown = size.scaled(area.size(), Qt::KeepAspectRatio);
    const QRectF target(area.center() - QPointF(shown.width() / 2, shown.height() / 2), shown);
    painter.save();
    painter.setClipPath(frame);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (content_.rejected)
        painter.setOpacity(painter.opacity() * rejectedOpacity);
    painter.drawImage(target, content_.picture);
    painter.restore();
}

/// Star and cross: always where they are set, and under the mouse to be set.
void GalleryCard::paintMarks(QPainter& painter) const
{
    const bool pointed = underMouse() && isEnabled();
    const auto ground = [&](Spot spot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(pointed_ == spot && pointed ? QColor(markGround.rgb()) : markGround);
        painter.drawEllipse(spotArea(spot).adjusted(1, 1, -1, -1));
        return spotArea(spot).center();
    };
    if (content_.starred || pointed) {
        const QPointF centre = ground(Spot::Star);
        painter.setPen(
            QPen(content_.starred ? starColour : Qt::white, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(content_.starred ? QBrush(starColour) : QBrush(Qt::NoBrush));
        painter.drawPath(starPath(centre + QPointF(0, 0.5), 6.5));
    }
    if (content_.rejected || pointed) {
        const QPointF c = ground(Spot::Cross);
        painter.setPen(QPen(Qt::white, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(c + QPointF(-4, -4), c + QPointF(4, 4));
        painter.drawLine(c + QPointF(-4, 4), c + QPointF(4, -4));
    }
}

void GalleryCard::paintState(QPainter& painter, const QRect& line) const
{
    const QString state = stateText();
    if (state.isEmpty())
        return;
    painter.setFont(textFont(TextRole::Small));
    const bool failed = !content_.problem.isEmpty();
    const bool marked = content_.pushed || content_.rare;
    painter.setPen(failed ? theme().problem : marked ? theme().accent : theme().textSoft);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, state);
    if (marked && !failed) {
        const int width = painter.fontMetrics().horizontalAdvance(state);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().accent);
        const QPointF centre =
            mirrored(QRect(line.right() - width - 12, line.center().y() - 3, 9, 9)).center();
        if (content_.pushed) {
            painter.drawEllipse(centre, 3.5, 3.5);
        } else {
            QPolygonF diamond;
            for (const QPointF& corner : {QPointF(0, -4), QPointF(4, 0), QPointF(0, 4), QPointF(-4, 0)})
                diamond << centre + corner;
            painter.drawPolygon(diamond);
        }
    }
}

/// A bar as long as the share, its figures, and an arrow where there is a branch to open.
void GalleryCard::paintShare(QPainter& painter) const
{
    const Theme& t = theme();
    const QRect place = line(1);
    painter.setFont(textFont(TextRole::Small));
    const bool pointed = pointed_ == Spot::Branch && underMouse();
    if (pointed) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.hover);
        painter.drawRoundedRect(spotArea(Spot::Branch), 4, 4);
    }
    const QString figures = tr("%1 of %2").arg(content_.standsFor).arg(content_.of);
    const int arrow = opens() ? 12 : 0;
    const int words = painter.fontMetrics().horizontalAdvance(figures);
    painter.setPen(t.textSoft);
    painter.drawText(mirrored(place.adjusted(0, 0, -arrow, 0)), Qt::AlignRight | Qt::AlignVCenter, figures);
    if (arrow > 0) {
        const QPointF c = mirrored(QRect(place.right() - 6, place.center().y() - 2, 7, 7)).center();
        const double tip = isRightToLeft() ? -2 : 2;
        painter.setPen(
            QPen(pointed ? t.accent : t.textSoft, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{c + QPointF(-tip, -4), c + QPointF(tip, 0), c + QPointF(-tip, 4)});
    }
    QRectF track(place.left(), place.center().y() - 1.5, place.width() - words - arrow - 10, 5);
    if (isRightToLeft())
        track.moveRight(place.right() + 1);
    if (track.width() < 10)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.pressed);
    painter.drawRoundedRect(track, 2.5, 2.5);
    const double share = double(content_.standsFor) / std::max(1, content_.of);
    painter.setBrush(t.accent);
    const double length = std::max(5.0, track.width() * share);
    painter.drawRoundedRect(
        QRectF(isRightToLeft() ? track.right() - length : track.left(), track.top(), length, 5), 2.5, 2.5);
}

void GalleryCard::paintGround(QPainter& painter) const
{
    const Theme& t = theme();
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setBrush(isChecked() ? t.accentSoft : t.surface);
    painter.setPen(isChecked() ? QPen(t.accent, 2)
                               : QPen(underMouse() && isEnabled() ? t.textSoft : t.border, 1));
    painter.drawRoundedRect(card, cardRadius, cardRadius);
    if (!hasFocus())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(isChecked() ? QPen(t.accent, 1) : QPen(t.accent, 2, Qt::DotLine));
    const double inset = isChecked() ? 3 : 0;
    painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), cardRadius - inset,
                            cardRadius - inset);
}

void GalleryCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setOpacity(opacity_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter);
    paintPicture(painter, pictureArea());
    if (!content_.picture.isNull() && !content_.waiting)
        paintMarks(painter);

    const Theme& t = theme();
    painter.setFont(textFont(TextRole::Heading));
    painter.setPen(isEnabled() || !content_.problem.isEmpty() ? t.text : t.textSoft);
    painter.drawText(line(0), Qt::AlignLeft | Qt::AlignVCenter, QString::number(content_.number));
    const int number = painter.fontMetrics().horizontalAdvance(QString::number(content_.number));
    paintState(painter, line(0));
    if (content_.standsFor > 0) {
        painter.setFont(textFont(TextRole::Small));
        painter.setPen(t.textSoft);
        painter.drawText(mirrored(line(0).adjusted(number + 8, 0, 0, 0)), Qt::AlignLeft | Qt::AlignVCenter,
                         content_.origin);
        paintShare(painter);
        return;
    }
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    painter.drawText(line(1), Qt::AlignLeft | Qt::AlignVCenter, distanceText());
}

} // namespace lacuna::ui
