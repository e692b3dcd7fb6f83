// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace lacuna::ui {

/// One message inside the window, never in the way of anything. A newer one replaces it.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Note, Problem };

    explicit MessageBar(QWidget* parent);
    void show(Kind kind, const QString& text);
    /// With a button that answers it.
    void ask(const QString& text, const QString& answer, std::function<void()> answered);
    void dismiss() { hide(); }
    QString text() const;

Q_SIGNALS:
    void shown(const QString& text);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Kind kind_ = Kind::Note;
    QLabel* text_;
    QPushButton* answer_;
    std::function<void()> answered_{};
};

} // namespace lacuna::ui
