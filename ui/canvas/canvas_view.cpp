// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas_view.h"

#include <algorithm>
#include <cmath>

namespace lacuna::ui {
namespace {

constexpr double fitMargin = 24;
constexpr double keptInView = 48;
constexpr double hardlyLarger = 1.2;

double settled(double origin, double extent, double room)
{
    return std::clamp(origin, keptInView - extent, room - keptInView);
}

} // namespace

QRectF CanvasView::toWidget(const QRectF& picture) const
{
    return {toWidget(picture.topLeft()), picture.size() * scale()};
}

void CanvasView::zoomAt(QPointF anchor, double zoom)
{
    const QPointF fixed = toPicture(anchor);
    zoom_ = std::clamp(zoom, smallestZoom, largestZoom);
    origin_ = anchor - fixed * scale();
}

void CanvasView::fit(QSize picture, QSize widget)
{
    if (picture.isEmpty() || widget.isEmpty())
        return;
    const double across = (widget.width() - 2 * fitMargin) * ratio_ / picture.width();
    const double down = (widget.height() - 2 * fitMargin) * ratio_ / picture.height();
    zoom_ = std::clamp(std::min({across, down, 2 * ratio_}), smallestZoom, largestZoom);
    if (zoom_ > 1 && zoom_ < hardlyLarger)
        zoom_ = 1; // crisp pixels are worth more than a few per cent
    const auto centred = [this](double room, double extent) {
        return std::round((room - extent) / 2 * ratio_) / ratio_; // on a whole device pixel
    };
    origin_ = QPointF(centred(widget.width(), picture.width() * scale()),
                      centred(widget.height(), picture.height() * scale()));
}

void CanvasView::settle(QSize picture, QSize widget)
{
    if (picture.isEmpty() || widget.isEmpty())
        return;
    origin_ = QPointF(settled(origin_.x(), picture.width() * scale(), widget.width()),
                      settled(origin_.y(), picture.height() * scale(), widget.height()));
}

} // namespace lacuna::ui
