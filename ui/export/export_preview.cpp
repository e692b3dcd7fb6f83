// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_preview.h"

#include <QPainter>

#include "ui/appearance/theme.h"

namespace lacuna::ui {

void ExportPreview::setPicture(const QImage& picture)
{
    picture_ = picture;
    update();
}

void ExportPreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().canvas);
    if (picture_.isNull())
        return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSize room = size() - QSize(8 * grid, 8 * grid);
    QRect place({}, picture_.size().scaled(room, Qt::KeepAspectRatio));
    place.moveCenter(rect().center());
    painter.drawImage(place, picture_);
}

} // namespace lacuna::ui
