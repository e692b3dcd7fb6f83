// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/appearance/pieces.h"

class QAction;
class QToolButton;

namespace lacuna::ui {

class Document;
class Segments;

/// The line above the canvas: which picture, how much of it is hole, and how it is shown.
class CanvasHeader : public Ground {
    Q_OBJECT

public:
    CanvasHeader(const Document& document, QAction* showMask, QWidget* parent);

    void refresh();                     ///< name, size and coverage of the document
    void setShown(const QString& what); ///< "Completion 2"; empty: the picture itself
    void setProof(Badge::Kind kind, const QString& text, const QString& tip);
    QString coverageText() const;
    QSize minimumSizeHint() const override { return {380, 48}; }

    Segments& compare() const { return *compareModes_; } ///< in the order of Compare

Q_SIGNALS:
    void originalHeld(bool held);
    void proofPressed(); ///< the difference picture is wanted

protected:
    void resizeEvent(QResizeEvent*) override { fit(); }

private:
    void fit();

    const Document& document_;
    QLabel* name_;
    QLabel* size_;
    Badge* coverage_;
    QLabel* shown_;
    Badge* proof_;
    Segments* compareModes_;
    QToolButton* compare_;
};

} // namespace lacuna::ui
