// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/elided_label.h"

#include <QPainter>

namespace lacuna::ui {

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    const QRect room = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, room.width());
    setToolTip(shown == text() ? QString() : text());
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter), shown);
}

} // namespace lacuna::ui
