// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace lacuna::ui {

/// Where the picture lies in the widget. Zoom counts device pixels per source pixel: 1 is "actual size" on every
/// screen. Positions in the widget are logical pixels.
class CanvasView {
public:
    static constexpr double smallestZoom = 1.0 / 64;
    static constexpr double largestZoom = 64;

    double zoom() const { return zoom_; }
    double scale() const { return zoom_ / ratio_; } ///< logical pixels per source pixel
    double ratio() const { return ratio_; }
    QPointF origin() const { return origin_; } ///< of the picture, in the widget

    void setRatio(double devicePixelRatio) { ratio_ = devicePixelRatio; }
    QPointF toPicture(QPointF widget) const { return (widget - origin_) / scale(); }
    QPointF toWidget(QPointF picture) const { return picture * scale() + origin_; }
    QRectF toWidget(const QRectF& picture) const;

    /// Changes the zoom so that the point of the picture under `anchor` stays there.
    void zoomAt(QPointF anchor, double zoom);
    void pan(QPointF by) { origin_ += by; }

    /// Whole picture in view with a margin, never enlarged beyond twice its size.
    void fit(QSize picture, QSize widget);
    /// Keeps a part of the picture in view.
    void settle(QSize picture, QSize widget);

private:
    double zoom_ = 1;
    double ratio_ = 1;
    QPointF origin_{};
};

} // namespace lacuna::ui
