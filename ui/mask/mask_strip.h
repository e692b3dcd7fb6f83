// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/appearance/pieces.h"
#include "ui/canvas/canvas.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace lacuna::ui {

class ActionRegistry;

/// The line below the canvas' header: which mask is in use, and the numbers of the tool at hand. All sizes are pixels
/// of the picture.
class MaskStrip : public Ground {
    Q_OBJECT

public:
    MaskStrip(Document& document, Canvas& canvas, const ActionRegistry& actions, QWidget* parent);

    int tolerance() const; ///< of the bucket, 0..255
    int growBy() const;    ///< pixels
    void beginRename();    ///< in place of the name: Enter keeps, Esc drops

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QSpinBox* number(const QString& name, int low, int high, const QString& unit, const QString& tip);
    QWidget* addNumber(QLayout* layout, const QString& label, QSpinBox* box);
    void makePicker();
    void showMasks();
    void showTool();
    void endRename(bool keep);

    Document& document_;
    Canvas& canvas_;
    QComboBox* picker_;
    QSpinBox* size_;
    QCheckBox* pen_;
    QSpinBox* tolerance_;
    QLabel* hint_;
    QSpinBox* softEdge_;
    QSpinBox* growBy_;
    QWidget* sizeGroup_ = nullptr;
    QWidget* toleranceGroup_ = nullptr;
    bool renaming_ = false;
};

} // namespace lacuna::ui
