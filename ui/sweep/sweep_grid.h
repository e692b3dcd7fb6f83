// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include <vector>

#include "ui/sweep/sweep_cell_button.h"

namespace lacuna::ui {

/// The cells of a sweep with the values of its axes at their sides, scaled to the width where that is possible.
class SweepGrid : public QScrollArea {
    Q_OBJECT

public:
    explicit SweepGrid(QWidget* parent);

    /// The table must outlive the grid, or be replaced.
    void show(const SweepTable& table, QSize shape);
    void refresh(int cell);
    void select(int cell); ///< without a signal
    SweepCellButton* button(int cell) const { return buttons_[std::size_t(cell)]; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void selected(int cell);
    void entered(int cell);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void move(int across, int down);

    const SweepTable* table_ = nullptr;
    QSize shape_{1, 1};
    QWidget* inside_;
    std::vector<QWidget*> rowTitles_{};
    std::vector<QWidget*> columnTitles_{};
    std::vector<SweepCellButton*> buttons_{};
    int selected_ = -1;
};

} // namespace lacuna::ui
