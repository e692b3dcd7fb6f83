// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/unseen_gauge.h"

#include <QPainter>

#include <algorithm>

#include "ui/appearance/theme.h"
#include "ui/gallery/gallery_model.h"

namespace lacuna::ui {
namespace {

constexpr int furtherSamples = 20;
constexpr int barHeight = 6;

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(QString::number(100 * share, 'f', 0));
}

} // namespace

UnseenGauge::UnseenGauge(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("unseen-gauge"));
}

void UnseenGauge::show(const GalleryModel& model)
{
    const std::optional<Unseen> unseen = model.unseen();
    known_ = unseen.has_value();
    if (unseen) {
        share_ = unseen->share;
        atMost_ = unseen->at_most;
        headline_ = percent(share_);
        sentence_ =
            tr("is the share of kinds not seen yet, at most %1. %2 more candidates show a new kind with "
               "%3.")
                .arg(percent(atMost_))
                .arg(furtherSamples)
                .arg(percent(unseen->new_kind_within(furtherSamples)));
        setToolTip(
            tr("Good-Turing estimate: %1 of %2 candidates are the only ones of their kind, among %3 kinds. "
               "It speaks of samples of the model, not of the scene.")
                .arg(unseen->once)
                .arg(unseen->samples)
                .arg(unseen->kinds));
    } else {
        headline_ = tr("not known");
        sentence_ = model.guided()
                        ? tr("Guided candidates push each other apart: they do not tell what is unseen. "
                             "Set Diversity to plain.")
                        : QString();
        setToolTip({});
    }
    setAccessibleName(tr("Anything new left? %1").arg(headline_));
    setAccessibleDescription(sentence_);
    update();
}

void UnseenGauge::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    const int line = painter.fontMetrics().height();
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter, tr("Anything new left?"));
    painter.setFont(textFont(TextRole::Heading));
    painter.setPen(t.text);
    const int tall = painter.fontMetrics().height();
    painter.drawText(QRect(0, line + 3, width(), tall), Qt::AlignLeft | Qt::AlignVCenter, headline_);
    int top = line + tall + 8;
    if (known_) {
        const QRectF track(0, top, width(), barHeight);
        const auto bar = [&](double share, const QColor& colour) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            const double length = std::max<double>(barHeight, track.width() * std::clamp(share, 0.0, 1.0));
            const double left = isRightToLeft() ? track.right() - length : track.left();
            painter.drawRoundedRect(QRectF(left, track.top(), length, barHeight), barHeight / 2.0,
                                    barHeight / 2.0);
        };
        QColor possible = t.accent;
        possible.setAlphaF(0.35f);
        bar(1, t.pressed);
        bar(atMost_, possible);
        bar(share_, t.accent);
        top += barHeight + 6;
    }
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    painter.drawText(QRect(0, top, width(), height() - top), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     sentence_);
}

} // namespace lacuna::ui
