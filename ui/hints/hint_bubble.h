// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;

namespace lacuna::ui {

/// A sentence beside a part of the window, with a button that takes it away.
class HintBubble : public QWidget {
    Q_OBJECT

public:
    HintBubble(const QString& text, QWidget* beside, QWidget* window);

    QString text() const;
    void place(); ///< beside its part, inside the window; away with the part

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QPointer<QWidget> beside_;
    QLabel* text_;
};

} // namespace lacuna::ui
