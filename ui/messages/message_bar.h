// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace lacuna::ui {

/// One message inside the window, never in the way of anything. A newer one replaces it.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Note, Problem };

    explicit MessageBar(QWidget* parent);
    void show(Kind kind, const QString& text);
    void dismiss() { hide(); }
    QString text() const;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Kind kind_ = Kind::Note;
    QLabel* text_;
};

} // namespace lacuna::ui
