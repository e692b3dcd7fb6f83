// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "ui/sweep/sweep_table.h"

namespace lacuna::ui {

/// One cell of the board: the completions of its set as a strip, and its diversity.
class SweepCellButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit SweepCellButton(QWidget* parent);

    /// The table must outlive the button.
    void show(const SweepTable& table, int cell, QSize shape);
    void refresh();
    int cell() const { return cell_; }
    static int heightFor(int width, int members, QSize shape);

Q_SIGNALS:
    void moved(int across, int down); ///< by an arrow key
    void entered();                   ///< by Enter or a double click

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    const SweepTable* table_ = nullptr;
    int cell_ = 0;
    QSize shape_{1, 1};
};

} // namespace lacuna::ui
