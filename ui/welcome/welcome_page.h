// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>
#include <QWidget>

#include "ui/document/examples.h"

class QAction;

namespace lacuna::ui {

/// What the window shows before a picture is open: a place to drop one, and the examples.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    WelcomePage(QAction* open, QAction* newExample, QWidget* parent);
    void setDropping(bool dropping); ///< something that can be opened is dragged over the window

Q_SIGNALS:
    void examplePicked(const QString& id);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    class DropZone;
    DropZone* zone_;
};

/// A bundled example as a button, with the hole drawn in.
class ExampleCard : public QAbstractButton {
    Q_OBJECT

public:
    ExampleCard(const Example& example, QWidget* parent);
    QSize sizeHint() const override { return {256, 236}; }
    QSize minimumSizeHint() const override { return {200, 184}; }

protected:
    void paintEvent(QPaintEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    Example example_;
    QImage picture_{};
};

} // namespace lacuna::ui
