// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/result_card.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr int padding = 8;
constexpr int lineHeight = 18;
constexpr double mostCropped = 0.5; ///< more than this share of a picture is never cut off

} // namespace

ResultCard::ResultCard(QWidget* parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setContent({});
}

QSize ResultCard::sizeHint() const
{
    return {pictureSize.width() + 2 * padding, pictureSize.height() + 2 * padding + 2 * lineHeight + 4};
}

QString ResultCard::stateText() const
{
    if (!content_.problem.isEmpty())
        return tr("failed");
    if (content_.waiting)
        return tr("waiting");
    if (content_.pushed)
        return tr("pushed now");
    return content_.unfinished ? tr("stopped early") : QString();
}

QString ResultCard::distanceText() const
{
    if (!content_.problem.isEmpty() || content_.waiting)
        return {};
    return content_.nearestGray > 0
               ? tr("nearest mate %1 grey").arg(QString::number(content_.nearestGray, 'f', 1))
               : tr("no mate");
}

void ResultCard::setContent(const CardContent& content)
{
    content_ = content;
    QStringList spoken{tr("Completion %1 of %2").arg(content.number).arg(content.of)};
    if (content.nearestGray > 0)
        spoken
            << tr("%1 grey levels from its nearest mate").arg(QString::number(content.nearestGray, 'f', 1));
    if (!stateText().isEmpty())
        spoken << stateText();
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    setAccessibleDescription(content.problem);
    setToolTip(content.problem.isEmpty() ? spoken.join(u'\n') : content.problem);
    setEnabled(content.problem.isEmpty() && !content.waiting);
    update();
}

void ResultCard::paintPicture(QPainter& painter, const QRectF& area) const
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
    painter.drawImage(target, content_.picture);
    painter.restore();
}

void ResultCard::paintState(QPainter& painter, const QRect& line) const
{
    const QString state = stateText();
    if (state.isEmpty())
        return;
    painter.setFont(textFont(TextRole::Small));
    const bool failed = !content_.problem.isEmpty();
    painter.setPen(failed ? theme().problem : content_.pushed ? theme().accent : theme().textSoft);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, state);
    if (content_.pushed) {
        const int width = painter.fontMetrics().horizontalAdvance(state);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().accent);
        painter.drawEllipse(QPointF(line.right() - width - 8, line.center().y() + 1), 3.5, 3.5);
    }
}

void ResultCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& t = theme();
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setBrush(isChecked() ? t.accentSoft : t.surface);
    painter.setPen(isChecked() ? QPen(t.accent, 2)
                               : QPen(underMouse() && isEnabled() ? t.textSoft : t.border, 1));
    painter.drawRoundedRect(card, cardRadius, cardRadius);
    if (hasFocus() && !isChecked()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 2, Qt::DotLine));
        painter.drawRoundedRect(card, cardRadius, cardRadius);
    }
    paintPicture(painter, QRectF(QPointF(padding, padding), pictureSize));

    QRect line(padding + 2, padding + pictureSize.height() + 4, pictureSize.width() - 4, lineHeight);
    painter.setFont(textFont(TextRole::Heading));
    painter.setPen(isEnabled() || !content_.problem.isEmpty() ? t.text : t.textSoft);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, QString::number(content_.number));
    paintState(painter, line);
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    painter.drawText(line.translated(0, lineHeight), Qt::AlignLeft | Qt::AlignVCenter, distanceText());
    if (hasFocus() && isChecked()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 1));
        painter.drawRoundedRect(card.adjusted(3, 3, -3, -3), cardRadius - 3, cardRadius - 3);
    }
}

} // namespace lacuna::ui
