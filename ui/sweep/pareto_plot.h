// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/sweep/sweep_table.h"

namespace lacuna::ui {

/// The cells in the plane of diversity and quality, better ones to the right and up, with the line of those that no
/// other one beats.
class ParetoPlot : public QWidget {
    Q_OBJECT

public:
    explicit ParetoPlot(QWidget* parent);

    void show(const SweepTable& table); ///< which must outlive the plot, or be replaced
    void select(int cell);
    QPointF placeOf(int cell) const; ///< of a cell that is done

    QSize sizeHint() const override { return {280, 220}; }
    QSize minimumSizeHint() const override { return {200, 130}; }

Q_SIGNALS:
    void selected(int cell);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool isShown(int cell) const;
    QRectF plane() const;

    const SweepTable* table_ = nullptr;
    int selected_ = -1;
};

} // namespace lacuna::ui
