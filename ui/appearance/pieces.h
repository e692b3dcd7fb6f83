// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/appearance/theme.h"

class QToolButton;

namespace lacuna::ui {

/// A text of the given role; soft ones are for hints and units.
QLabel* makeLabel(const QString& text, TextRole role, bool soft, QWidget* parent);

/// The label above an input field, and its buddy.
QLabel* fieldLabel(const QString& text, QWidget* field);

/// A square button that shows an icon, or its text while the icon is missing.
QToolButton* iconButton(const QString& icon, const QString& name, const QString& tip, QWidget* parent);

/// A short statement on a rounded ground; a good one wears a check mark, a bad one a cross.
class Badge : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Plain, Good, Bad };

    explicit Badge(QWidget* parent);
    void show(Kind kind, const QString& text, const QString& tip);
    const QString& text() const { return text_; }
    Kind kind() const { return kind_; }
    void setPressable(bool pressable); ///< with the mouse, or with Enter and Space

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override { update(); }
    void focusOutEvent(QFocusEvent*) override { update(); }

private:
    bool pressable_ = false;
    Kind kind_ = Kind::Plain;
    QString text_{};
};

/// A plain ground in one colour of the theme with optional lines at its sides.
class Ground : public QWidget {
    Q_OBJECT

public:
    enum class Shade { Window, Surface };
    Ground(Shade shade, Qt::Edges lines, QWidget* parent);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Shade shade_;
    Qt::Edges lines_;
};

} // namespace lacuna::ui
