// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/sweep/sweep_table.h"

class QBoxLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace lacuna::ui {

/// One cell shown large, with a slider for each axis and the figures of its set.
class SweepDetail : public QWidget {
    Q_OBJECT

public:
    explicit SweepDetail(QWidget* parent);

    void show(const SweepTable& table, QSize shape); ///< which must outlive this, or be replaced
    void select(int cell);
    void refresh();
    QSlider* slider(int axis) const { return sliders_[axis]; }

Q_SIGNALS:
    void selected(int cell); ///< by a slider
    void used(int cell);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class LargeStrip;
    void slide();
    void arrange();

    const SweepTable* table_ = nullptr;
    int selected_ = -1;
    QSize shape_{1, 1};
    QBoxLayout* layout_;
    QBoxLayout* parts_; ///< of what stands beside or below the strip
    LargeStrip* strip_;
    QLabel* place_;
    QLabel* figures_;
    QLabel* names_[2];
    QSlider* sliders_[2];
    QLabel* values_[2];
    QWidget* controls_ = nullptr;
    QPushButton* use_;
};

} // namespace lacuna::ui
