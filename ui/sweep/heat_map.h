// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/sweep/sweep_table.h"

namespace lacuna::ui {

/// One measure of all cells as colours, with its figures where there is room.
class HeatMap : public QWidget {
    Q_OBJECT

public:
    explicit HeatMap(int measure, QWidget* parent);

    void show(const SweepTable& table); ///< which must outlive the map, or be replaced
    void select(int cell);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selected(int cell);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF boxOf(int cell) const;
    void pick(QPointF point);

    const SweepTable* table_ = nullptr;
    int measure_;
    int selected_ = -1;
};

} // namespace lacuna::ui
