// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainterPath>
#include <QWidget>

#include <memory>
#include <optional>

#include "engine/session/disagreement.h"
#include "ui/canvas/canvas.h"
#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

class GalleryPanel;
class Results;

/// The uncertainty lens: where the completions disagree, painted over the canvas. A click on a hot spot, or Enter
/// where the arrow keys have led, groups the gallery by what is around it.
class Lens : public QWidget {
    Q_OBJECT

public:
    Lens(Canvas& canvas, Results& results, GalleryPanel& gallery);

    void setOn(bool on);
    bool on() const { return on_; }
    void finishNow(); ///< the map is there before it returns; for pictures of the window

    const SpreadMap* map() const { return map_ ? map_.get() : nullptr; }
    /// Groups by the region around a pixel of the picture, if there is a spread.
    void pick(QPoint pixel);
    QString legendText() const;

Q_SIGNALS:
    void failed(const QString& message);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override { update(); }
    void focusOutEvent(QFocusEvent*) override { update(); }

private:
    void follow();
    void compute();
    void take(std::shared_ptr<const SpreadMap> map);
    bool showsMap() const;
    void point(QPoint pixel);
    std::optional<double> spreadAt(QPoint pixel) const;
    QPoint hottest() const;
    void paintLegend(QPainter& painter) const;

    Canvas& canvas_;
    Results& results_;
    GalleryPanel& gallery_;
    bool on_ = false;
    SharedSet set_{};        ///< that the map is of, or will be
    bool computing_ = false; ///< on a thread
    std::shared_ptr<const SpreadMap> map_{};
    QImage heat_{};
    std::shared_ptr<const PixelRegion> region_{};
    QPainterPath outline_{}; ///< of the region
    QPoint pointed_{};       ///< by the keys, in the picture
};

} // namespace lacuna::ui
