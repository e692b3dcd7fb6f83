// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/side_scroll.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/appearance/theme.h"

namespace lacuna::ui {

SideScroll::SideScroll(QWidget* panel, int margin, QWidget* parent) : QScrollArea(parent), margin_(margin)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    panel->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum); // it scrolls before it is squeezed
    auto* holder = new QWidget;
    auto* inside = new QVBoxLayout(holder);
    inside->setContentsMargins(margin_, 2 * grid, margin_, 2 * grid);
    inside->addWidget(panel);
    setWidget(holder); // takes ownership
    holder->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

void SideScroll::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    const int beside = std::max(0, margin_ - (width() - viewport()->width()));
    const bool left = isRightToLeft(); // where the scroll bar is
    widget()->layout()->setContentsMargins(left ? beside : margin_, 2 * grid, left ? margin_ : beside,
                                           2 * grid);
    keepHeight();
}

bool SideScroll::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        keepHeight();
    return QScrollArea::eventFilter(watched, event);
}

/// Texts that wrap are higher than the area asks for by itself: other rows would be squeezed.
void SideScroll::keepHeight()
{
    const QLayout& layout = *widget()->layout();
    if (layout.hasHeightForWidth())
        widget()->setMinimumHeight(layout.totalHeightForWidth(viewport()->width()));
}

} // namespace lacuna::ui
