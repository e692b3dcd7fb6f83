// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/appearance/pieces.h"
#include "ui/canvas/canvas.h"

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QSpinBox;
class QToolButton;

namespace lacuna::ui {

class ActionRegistry;

/// The line below the canvas' header: which mask is in use, and the numbers of the tool at hand. All sizes are pixels
/// of the picture. What has no room in a narrow window is below the button at the end.
class MaskStrip : public Ground {
    Q_OBJECT

public:
    MaskStrip(Document& document, Canvas& canvas, const ActionRegistry& actions, QWidget* parent);

    int tolerance() const; ///< of the bucket, 0..255
    int growBy() const;    ///< pixels
    void beginRename();    ///< in place of the name: Enter keeps, Esc drops
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent*) override { fit(); }
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QSpinBox* number(const QString& name, int low, int high, const QString& unit, const QString& tip);
    QWidget* addNumber(QLayout* layout, const QString& label, QSpinBox* box);
    QToolButton* makeMenu(const ActionRegistry& actions);
    void addBorder(QBoxLayout* layout, const ActionRegistry& actions);
    void makeFolding(QBoxLayout* layout);
    void fold(int parts);
    void fit();
    void orderTabs();
    void showFolded();
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
    /// A part and its place in the line; those at its end go first.
    struct Foldable {
        QWidget* part;
        int place;
    };
    std::vector<Foldable> foldable_{};
    int folded_ = 0; ///< so many of them are in the sheet
    std::vector<QWidget*> tabs_{};
    QToolButton* more_; ///< opens the sheet
    QWidget* sheet_;
    bool renaming_ = false;
};

} // namespace lacuna::ui
